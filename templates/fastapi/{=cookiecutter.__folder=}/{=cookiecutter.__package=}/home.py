#% set package = cookiecutter.__package
"""The start page, the API's documentation and the health check."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from {= package =}.errors import check_database
from {= package =}.pages import render

router = APIRouter(include_in_schema=False)


@router.get("/")
def show_home(request: Request) -> Response:
    return render(request, "home.html")


@router.get("/api/docs")
def show_api_docs(request: Request) -> Response:
    return render(request, "docs.html")


@router.get("/health")
def check_health(request: Request) -> Response:
    healthy = check_database(request.app.state.engine)
    status, word = (200, "ok") if healthy else (503, "unavailable")
    return JSONResponse({"status": word}, status, {"Cache-Control": "no-store"})
