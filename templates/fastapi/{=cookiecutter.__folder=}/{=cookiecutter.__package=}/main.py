#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""The application: settings, middleware, errors and routers."""

{! for _ in cookiecutter.__postgres | select !}
import asyncio
{! endfor !}
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
#% for _ in cookiecutter.__tokens | select
from itsdangerous import URLSafeTimedSerializer
#% endfor
from sqlalchemy import create_engine
#% for _ in cookiecutter.__pages | select
from starlette.middleware.sessions import SessionMiddleware
#% endfor
from starlette.middleware.trustedhost import TrustedHostMiddleware

from {= package =} import errors, home
#% for _ in cookiecutter.__tokens | select
from {= package =}.accounts import api as accounts_api
#% endfor
#% for _ in cookiecutter.__logins | select
from {= package =}.accounts import views as accounts_views
#% endfor
#% for resource in resources
#% for _ in cookiecutter.__api | select
from {= package =}.{= resource.plural =} import api as {= resource.plural =}_api
#% endfor
#% for _ in cookiecutter.__pages | select
from {= package =}.{= resource.plural =} import views as {= resource.plural =}_views
#% endfor
#% endfor
from {= package =}.middleware import answer_head, secure_responses
#% for _ in cookiecutter.__pages | select
from {= package =}.pages import check_csrf_token
#% endfor
from {= package =}.settings import Settings, load_settings
{! for _ in cookiecutter.__open | select !}

logger = logging.getLogger(__name__)
{! endfor !}


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    errors.check_database(app.state.engine)
#% for _ in cookiecutter.__open | select
    logger.warning("{= _ =}")
#% endfor
#% for _ in cookiecutter.__api | select
    # FastAPI knows the models of routes alone; SCHEMA needs this one.
    schemas = app.openapi()["components"]["schemas"]
    schemas["Problem"] = errors.Problem.model_json_schema()
#% endfor
    yield
    app.state.engine.dispose()


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the application, by default with the settings of the environment."""
    settings = settings or load_settings()
    # The server sets up logs of its own, one line for each request among them.
    logging.basicConfig(level=settings.log_level, format="%(levelname)s: %(message)s")
    logging.getLogger("uvicorn.access").setLevel(settings.log_level)

    app = FastAPI(
        title="{= cookiecutter.project_name =}",
        description={= cookiecutter.__description_literal =},
        debug=settings.debug,
        openapi_url={= cookiecutter.__texts.openapi =},
#% for _ in cookiecutter.__api | select
        docs_url=None,  # home.py has a page that loads nothing from elsewhere
        redoc_url=None,
#% endfor
        lifespan=lifespan,
        max_body_size=1024 * 1024,  # a route may set its own
#% for _ in cookiecutter.__api | select
        responses={"default": {"content": {errors.MEDIA_TYPE: errors.SCHEMA}}},
#% endfor
        exception_handlers=errors.HANDLERS,
    )
    app.state.settings = settings
    # Some requests hold a connection while they wait for a thread: they must not
    # keep those waiting that have a thread and need a connection.
#% for _ in cookiecutter.__postgres | select
    app.state.engine = create_engine(settings.database_url, max_overflow=20)
    app.state.turns = asyncio.Semaphore(20)  # PostgreSQL has 100 for all its clients
#% else
    app.state.engine = create_engine(settings.database_url, max_overflow=-1)
#% endfor
#% for _ in cookiecutter.__secret | select
    key = settings.secret_key.get_secret_value()
#% endfor
{! for _ in cookiecutter.__tokens | select !}
    app.state.tokens = URLSafeTimedSerializer(key, salt="token")
{! endfor !}

    # The last one is the outermost.
    app.add_middleware(answer_head)
#% for _ in cookiecutter.__pages | select
    app.add_middleware(SessionMiddleware, secret_key=key, https_only=not settings.debug)
#% endfor
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts)
    app.add_middleware(secure_responses)

    for module in (home, {! for _ in cookiecutter.__tokens | select !}accounts_api, {! endfor !}{! for _ in cookiecutter.__api | select !}{! for resource in resources !}{= resource.plural =}_api{= ", " if not loop.last =}{! endfor !}{! endfor !}):
        app.include_router(module.router)
#% for _ in cookiecutter.__pages | select
    guarded = [Depends(check_csrf_token)]
    for module in ({! for _ in cookiecutter.__logins | select !}accounts_views, {! endfor !}{! for resource in resources !}{= resource.plural =}_views{= ", " if not loop.last else cookiecutter.__texts.comma =}{! endfor !}):
        app.include_router(module.router, include_in_schema=False, dependencies=guarded)
#% endfor
    app.mount("/static", StaticFiles(packages=[("{= package =}", "static")]))
#% for _ in cookiecutter.__api | select
    swagger_ui = StaticFiles(packages=[("fastapi_swagger", "resources")])
    app.mount("/api/docs/assets", swagger_ui)
#% endfor
    return app
