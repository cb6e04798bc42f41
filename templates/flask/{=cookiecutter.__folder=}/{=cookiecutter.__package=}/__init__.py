#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""{= cookiecutter.project_name =}: {= cookiecutter.__words.parts =} for {= cookiecutter._keeps =}."""

from flask import Flask
from sqlalchemy import create_engine
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from {= package =} import {! for _ in cookiecutter.__api | select !}api, {! endfor !}commands, database, errors, home, security
#% for _ in cookiecutter.__tokens | select
from {= package =}.accounts import api as accounts_api
#% endfor
#% for _ in cookiecutter.__logins | select
from {= package =}.accounts import views as accounts_views
from {= package =}.accounts.service import load_user
#% endfor
#% for resource in resources
#% for _ in cookiecutter.__api | select
from {= package =}.{= resource.plural =} import api as {= resource.plural =}_api
#% endfor
#% for _ in cookiecutter.__pages | select
from {= package =}.{= resource.plural =} import views as {= resource.plural =}_views
#% endfor
#% endfor
from {= package =}.settings import Settings, load_settings


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application; `flask` and gunicorn call this."""
    settings = settings or load_settings()
    app = Flask(__name__)
    app.config.from_mapping(
#% for _ in cookiecutter.__api | select
        TITLE="{= cookiecutter.project_name =}",
#% endfor
#% for _ in cookiecutter.__pages | select
        DESCRIPTION={= cookiecutter.__description_literal =},
#% for _ in cookiecutter.__logins | select
        ALLOW_SIGNUP=settings.allow_signup,
#% endfor
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=not settings.debug,
        WTF_CSRF_TIME_LIMIT=None,  # a form stays good for as long as its session
        WTF_CSRF_SSL_STRICT=False,  # its token is enough: not all browsers send Referer
#% endfor
#% for _ in cookiecutter.__secret | select
        SECRET_KEY=settings.secret_key.get_secret_value(),
#% endfor
        TRUSTED_HOSTS=None if "*" in settings.allowed_hosts else settings.allowed_hosts,
        MAX_CONTENT_LENGTH=1024 * 1024,  # of a request; more, if files are to be sent
    )
#% for _ in cookiecutter.__api | select
    app.json.sort_keys = False  # type: ignore[attr-defined]  # of the usual provider
#% endfor
    app.logger.setLevel(settings.log_level)
#% for text in cookiecutter.__open | select
    app.logger.warning("{= text =}")
#% endfor
    if not settings.debug:
        # In production one proxy stands in front: it knows who asks, and if by HTTPS.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]

    app.extensions["engine"] = create_engine(settings.database_url)
    app.teardown_appcontext(database.close_session)
#% for _ in cookiecutter.__logins | select
    app.before_request(load_user)  # first, as pages of errors show who is signed in
#% endfor
    app.before_request(security.require_length)
#% for _ in cookiecutter.__pages | select
    security.csrf.init_app(app)
#% endfor
    app.after_request(security.add_headers)
    app.register_error_handler(HTTPException, errors.show_error)

    for bp in (commands.bp, home.bp{! for _ in cookiecutter.__api | select !}, api.bp{! endfor !}{! for _ in cookiecutter.__pages | select !}{! for _ in cookiecutter.__accounts | select !}, accounts_views.bp{! endfor !}{! for resource in resources !}, {= resource.plural =}_views.bp{! endfor !}{! else !}{! for _ in cookiecutter.__accounts | select !}, accounts_api.bp{! endfor !}{! for resource in resources !}, {= resource.plural =}_api.bp{! endfor !}{! endfor !}):
        app.register_blueprint(bp)
#% for _ in cookiecutter.__full | select
    for bp in [{! for _ in cookiecutter.__accounts | select !}accounts_api.bp, {! endfor !}{! for resource in resources !}{= resource.plural =}_api.bp{= ", " if not loop.last =}{! endfor !}]:
        security.csrf.exempt(bp)  # the API {! for _ in cookiecutter.__accounts | select !}takes tokens, never{! else !}knows no{! endfor !} cookies
        app.register_blueprint(bp)
#% endfor
    return app
