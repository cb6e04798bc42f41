#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""The application: settings, middleware, errors and routers."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from itsdangerous import URLSafeTimedSerializer
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import create_engine
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from {= package =} import errors, home
from {= package =}.accounts import api as accounts_api
from {= package =}.accounts import views as accounts_views
#% for resource in resources
from {= package =}.{= resource.plural =} import api as {= resource.plural =}_api
from {= package =}.{= resource.plural =} import views as {= resource.plural =}_views
#% endfor
from {= package =}.middleware import answer_head, secure_responses
from {= package =}.pages import check_csrf_token
from {= package =}.settings import Settings, load_settings


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    errors.check_database(app.state.engine)
    # FastAPI knows the models of routes alone; what problems() says needs this one.
    schemas = app.openapi()["components"]["schemas"]
    schemas["Problem"] = errors.Problem.model_json_schema()
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
        openapi_url="/api/openapi.json",
        docs_url=None,  # home.py has a page that loads nothing from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        max_body_size=1024 * 1024,  # a route may set its own
        responses=errors.problems("default"),
        exception_handlers=errors.HANDLERS,
    )
    app.state.settings = settings
    # Some requests hold a connection while they wait for a thread: they must not
    # keep those waiting that have a thread and need a connection.
    app.state.engine = create_engine(settings.database_url, max_overflow=-1)
    # Each process counts for itself; RedisStorage would count for all of them.
    app.state.limiter = FixedWindowRateLimiter(MemoryStorage())
    key = settings.secret_key.get_secret_value()
    app.state.tokens = URLSafeTimedSerializer(key, salt="token")

    # The last one is the outermost.
    app.add_middleware(answer_head)
    app.add_middleware(SessionMiddleware, secret_key=key, https_only=not settings.debug)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts)
    app.add_middleware(secure_responses)

    for module in (home, accounts_api, {! for resource in resources !}{= resource.plural =}_api{= ", " if not loop.last =}{! endfor !}):
        app.include_router(module.router)
    guarded = [Depends(check_csrf_token)]
    for module in (accounts_views, {! for resource in resources !}{= resource.plural =}_views{= ", " if not loop.last =}{! endfor !}):
        app.include_router(module.router, include_in_schema=False, dependencies=guarded)
    app.mount("/static", StaticFiles(packages=[("{= package =}", "static")]))
    swagger_ui = StaticFiles(packages=[("fastapi_swagger", "resources")])
    app.mount("/api/docs/assets", swagger_ui)
    return app
