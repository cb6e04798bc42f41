#% set package = cookiecutter.__package
"""The start page, the API's documentation and the health check."""

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from {= package =}.accounts.auth import load_user
from {= package =}.database import SessionDep
from {= package =}.pages import render

router = APIRouter(include_in_schema=False)


@router.get("/", dependencies=[Depends(load_user)])
def show_home(request: Request) -> Response:
    """Say what the project is."""
    return render(request, "home.html", {"description": request.app.description})


@router.get("/api/docs")
def show_api_docs(request: Request) -> Response:
    """Show the interactive documentation of the API."""
    return render(request, "docs.html")


@router.get("/health")
def check_health(session: SessionDep) -> Response:
    """Tell whether the database answers."""
    headers = {"Cache-Control": "no-store"}
    try:
        session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return JSONResponse({"status": "unavailable"}, 503, headers)
    return JSONResponse({"status": "ok"}, 200, headers)
