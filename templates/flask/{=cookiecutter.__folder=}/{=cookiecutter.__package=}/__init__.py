#% set resource = cookiecutter._resource
"""{= cookiecutter.project_name =}: pages, a JSON API and accounts for {= resource.label_plural =}."""

from flask import Flask

from . import database, errors, home, openapi, security
from .accounts import api as accounts_api
from .accounts import views as accounts_views
from .accounts.commands import create_user
from .{= resource.plural =} import api as {= resource.plural =}_api
from .{= resource.plural =} import views as {= resource.plural =}_views
from .{= resource.plural =}.commands import seed
from .settings import Settings, load_settings
from .types import IdConverter


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application; `flask` and `waitress-serve` call this."""
    settings = settings or load_settings()
    app = Flask(__name__)
    app.config.from_mapping(
        TITLE="{= cookiecutter.project_name =}",
        DESCRIPTION={= cookiecutter.__description_literal =},
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=settings.allowed_hosts.lower().replace(" ", "").split(","),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=not settings.debug,
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
    )
    app.url_map.converters["id"] = IdConverter
    app.url_map.merge_slashes = False

    database.init_app(app, settings.database_url)
    errors.init_app(app)
    security.init_app(app)

    app.register_blueprint(home.bp)
    app.register_blueprint(openapi.bp)
    app.register_blueprint(openapi.swagger_ui)
    app.register_blueprint(accounts_views.bp)
    app.register_blueprint(accounts_api.bp)
    app.register_blueprint({= resource.plural =}_views.bp)
    app.register_blueprint({= resource.plural =}_api.bp)

    app.cli.add_command(create_user)
    app.cli.add_command(seed)
    return app
