#% set package = cookiecutter.__package
"""The start page, the API's documentation and the health check."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from {= package =}.dependencies import find_database_fault
from {= package =}.pages import render

router = APIRouter(include_in_schema=False)


@router.get("/")
def show_home(request: Request) -> Response:
    return render(request, "home.html", {"description": request.app.description})


@router.get("/api/docs")
def show_api_docs(request: Request) -> Response:
    return render(request, "docs.html")


@router.get("/health")
def check_health(request: Request) -> Response:
    """Tell whether the database answers, and has its tables."""
    headers = {"Cache-Control": "no-store"}
    if find_database_fault(request.app.state.engine):
        return JSONResponse({"status": "unavailable"}, 503, headers)
    return JSONResponse({"status": "ok"}, 200, headers)
