#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The application: settings, middleware, errors and routers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.middleware.sessions import SessionMiddleware

from {= package =} import errors, home
from {= package =}.accounts import api as accounts_api
from {= package =}.accounts import views as accounts_views
from {= package =}.{= resource.plural =} import api as {= resource.plural =}_api
from {= package =}.{= resource.plural =} import views as {= resource.plural =}_views
from {= package =}.database import create_engine
from {= package =}.middleware import RequestLimitsMiddleware, SecurityHeadersMiddleware
from {= package =}.settings import Settings, load_settings

STATIC = StaticFiles(directory=Path(__file__).parent / "static")
SWAGGER_UI = StaticFiles(packages=[("fastapi_swagger", "resources")])


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the application, by default with the settings of the environment."""
    settings = settings or load_settings()
    engine = create_engine(settings.database_url)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        engine.dispose()

    app = FastAPI(
        title="{= cookiecutter.project_name =}",
        description={= cookiecutter.__description_literal =},
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        exception_handlers={
            HTTPException: errors.http_error,
            RequestValidationError: errors.validation_error,
#% if resource.unique_fields
            errors.ConflictError: errors.conflict,
#% endif
            errors.LoginRequiredError: errors.login_required,
        },
    )
    app.state.settings = settings
    app.state.engine = engine

    # The last one is the outermost.
    hosts = [host.strip() for host in settings.allowed_hosts.lower().split(",")]
    app.add_middleware(RequestLimitsMiddleware, allowed_hosts=hosts)
    app.add_middleware(
        SessionMiddleware,
        secret_key=settings.secret_key,
        https_only=not settings.debug,
    )
    # FastAPI has one of these already, but outside of the security headers.
    app.add_middleware(
        ServerErrorMiddleware, handler=errors.server_error, debug=settings.debug
    )
    app.add_middleware(SecurityHeadersMiddleware)

    for module in (home, accounts_api, accounts_views, {= resource.plural =}_api, {= resource.plural =}_views):
        app.include_router(module.router)
    app.mount("/static", STATIC)
    app.mount("/api/docs/assets", SWAGGER_UI)
    return app
