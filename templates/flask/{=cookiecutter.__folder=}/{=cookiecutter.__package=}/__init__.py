#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""{= cookiecutter.project_name =}: pages, a JSON API and accounts for {= cookiecutter._keeps =}."""

from flask import Flask
from sqlalchemy import create_engine
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from {= package =} import api, commands, database, errors, home, security
from {= package =}.accounts import api as accounts_api
from {= package =}.accounts import views as accounts_views
from {= package =}.accounts.service import load_user
#% for resource in resources
from {= package =}.{= resource.plural =} import api as {= resource.plural =}_api
from {= package =}.{= resource.plural =} import views as {= resource.plural =}_views
#% endfor
from {= package =}.settings import Settings, load_settings


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application; `flask` and gunicorn call this."""
    settings = settings or load_settings()
    app = Flask(__name__)
    app.config.from_mapping(
        TITLE="{= cookiecutter.project_name =}",
        DESCRIPTION={= cookiecutter.__description_literal =},
        ALLOW_SIGNUP=settings.allow_signup,
        SECRET_KEY=settings.secret_key.get_secret_value(),
        TRUSTED_HOSTS=None if "*" in settings.allowed_hosts else settings.allowed_hosts,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=not settings.debug,
        MAX_CONTENT_LENGTH=1024 * 1024,  # of a request; more, if files are to be sent
        WTF_CSRF_TIME_LIMIT=None,  # a form stays good for as long as its session
        WTF_CSRF_SSL_STRICT=False,  # its token is enough: not all browsers send Referer
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]  # of the usual provider
    app.logger.setLevel(settings.log_level)
    if not settings.debug:
        # In production one proxy stands in front: it knows who asks, and if by HTTPS.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]

    app.extensions["engine"] = create_engine(settings.database_url)
    app.teardown_appcontext(database.close_session)
    app.before_request(load_user)  # first, as pages of errors show who is signed in
    app.before_request(security.require_length)
    security.csrf.init_app(app)
    app.after_request(security.add_headers)
    app.register_error_handler(HTTPException, errors.show_error)

    for bp in (commands.bp, home.bp, api.bp, accounts_views.bp{! for resource in resources !}, {= resource.plural =}_views.bp{! endfor !}):
        app.register_blueprint(bp)
    for bp in (accounts_api.bp{! for resource in resources !}, {= resource.plural =}_api.bp{! endfor !}):
        security.csrf.exempt(bp)  # the API takes tokens, never cookies
        app.register_blueprint(bp)
    return app
