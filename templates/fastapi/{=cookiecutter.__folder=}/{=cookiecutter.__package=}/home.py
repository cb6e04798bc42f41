#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""The start page, {! for _ in cookiecutter.__api | select !}the API's documentation {! endfor !}and the health check."""

{! for _ in cookiecutter.__api | select !}
from pathlib import Path

{! endfor !}
from fastapi import APIRouter, Request, Response
from fastapi.responses import {! for _ in cookiecutter.__api | select !}FileResponse, {! endfor !}JSONResponse{! for _ in cookiecutter.__service | select !}, RedirectResponse{! endfor !}


{! for _ in cookiecutter.__pages | select !}
#% for resource in resources
from {= package =}.{= resource.plural =} import service as {= resource.plural =}_service
#% if resource.references
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}Query
#% endif
#% endfor
from {= package =}.dependencies import SessionDep
{! endfor !}
from {= package =}.errors import check_database
#% for _ in cookiecutter.__pages | select
from {= package =}.pages import render
#% if resources | rejectattr("references") | list
from {= package =}.pagination import ListQuery
#% endif
{! endfor !}

router = APIRouter(include_in_schema=False)


{! for _ in cookiecutter.__pages | select !}
@router.get("/")
def show_home(request: Request, session: SessionDep) -> Response:
    newest = {{! for resource in resources !}"{= resource.plural =}": {= resource.plural =}_service.list_{= resource.plural =}(session, {= resource.class_name ~ "Query" if resource.references else "ListQuery" =}(page_size=4)){= ", " if not loop.last =}{! endfor !}}
    return render(request, "home.html", newest=newest)


{! endfor !}
{! for _ in cookiecutter.__service | select !}
@router.get("/")
def show_home() -> Response:
    return RedirectResponse("/api/docs")


{! endfor !}
{! for _ in cookiecutter.__api | select !}
@router.get("/api/docs")
def show_api_docs() -> Response:
    return FileResponse(Path(__file__).parent / "static" / "docs.html")


{! endfor !}
@router.get("/health")
def check_health(request: Request) -> Response:
    healthy = check_database(request.app.state.engine)
    status, word = (200, "ok") if healthy else (503, "unavailable")
    return JSONResponse({"status": word}, status, {"Cache-Control": "no-store"})
