"""Apps without pages, without an API or without accounts: what is missing is missing whole."""

import pytest

from .client import PROBLEM, Api, Browser, ask, assert_problem, media_type
from .conftest import Server
from .resource import Resource

PAGES = ["", "/new", "/1", "/1/edit", "/1/delete"]


@pytest.mark.contract("OPT-1")
@pytest.mark.lacks("pages")
def test_the_start_page_leads_to_the_documentation(server: Server) -> None:
    """Without pages, `GET /` leads to `/api/docs`."""
    response = ask("GET", server.base_url)

    assert response.status_code in {302, 303, 307}
    assert response.headers["location"].removeprefix(server.base_url) == "/api/docs"
    assert ask("GET", f"{server.base_url}/api/docs").status_code == 200


@pytest.mark.contract("OPT-1")
@pytest.mark.lacks("pages")
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_pages_all_errors_are_problems(
    server: Server, resource: Resource, method: str
) -> None:
    """No pages and no forms: whatever the address, there is a problem."""
    paths = [resource.path + rest for rest in PAGES]
    paths += ["/login", "/logout", "/signup", "/nope", "/static/style.css"]
    for path in paths:
        response = ask(method, f"{server.base_url}{path}")
        if path.startswith("/static/"):
            assert response.status_code in {404, 405}
        else:
            assert_problem(response, 404)


@pytest.mark.contract("OPT-1")
@pytest.mark.lacks("pages")
def test_without_pages_there_are_no_cookies(server: Server, api: Api) -> None:
    """Nothing sets a cookie, good or bad."""
    entry = api.create()
    for path in ("/", "/health", "/nope", "/api/docs", "/login", api.path):
        response = ask("GET", f"{server.base_url}{path}")
        assert "set-cookie" not in response.headers, path
    assert "set-cookie" not in api.get(entry["id"]).headers


@pytest.mark.contract("OPT-2")
@pytest.mark.lacks("api")
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_an_api_nothing_is_below_it(
    server: Server, resource: Resource, method: str
) -> None:
    """Nothing under `/api`: 404, as a page."""
    for path in (
        *("/api", "/api/", "/api/docs", "/api/openapi.json", "/api/token"),
        *(resource.api, f"{resource.api}/1", "/openapi.json", "/docs"),
    ):
        response = ask(method, f"{server.base_url}{path}")
        assert response.status_code in {403, 404}, path
        assert media_type(response) == "text/html"


@pytest.mark.contract("OPT-2")
@pytest.mark.lacks("api")
def test_without_an_api_pages_keep_entries(
    browser: Browser, resource: Resource
) -> None:
    """An entry is added, shown, edited and deleted by forms alone; no page names an API."""
    added = browser.get(f"{resource.path}/new").form(f"{resource.path}/new")
    page = added.fill(resource, resource.entry()).submit()
    path = page.location.removeprefix(browser.base_url)
    entry = page.follow()

    edit = browser.get(f"{path}/edit").form(f"{path}/edit")
    edited = edit.fill(resource, resource.entry()).submit()
    pages = [entry, edited.follow(), browser.get("/"), browser.get(resource.path)]
    gone = browser.get(f"{path}/delete").form(f"{path}/delete").submit()

    assert edited.is_redirect_to(path)
    assert gone.is_redirect_to(resource.path)
    assert browser.get(path).status == 404
    for each in pages:
        assert "api" not in {word.strip(".,:").lower() for word in each.text.split()}
        assert not any("/api" in link for link in each.links)


@pytest.mark.contract("OPT-2")
@pytest.mark.lacks("api")
def test_without_an_api_health_is_json(server: Server) -> None:
    """`/health` stays as it is."""
    response = ask("GET", f"{server.base_url}/health")

    assert response.json() == {"status": "ok"}


@pytest.mark.contract("OPT-3")
@pytest.mark.lacks("accounts")
def test_without_accounts_anybody_writes(public_api: Api, resource: Resource) -> None:
    """Adding, changing and deleting take no token, and entries have no owner."""
    added = public_api.create()
    url = f"{public_api.path}/{added['id']}"

    changed = public_api.send("PUT", url, data=resource.entry())
    deleted = public_api.send("DELETE", url)

    assert "owner" not in added
    assert changed.status_code == 200
    assert deleted.status_code == 204


@pytest.mark.contract("OPT-3")
@pytest.mark.lacks("accounts")
def test_without_accounts_nobody_signs_in(server: Server) -> None:
    """No page to sign in, out or up, and no token."""
    for path in ("/login", "/signup", "/api/token"):
        assert ask("GET", f"{server.base_url}{path}").status_code == 404, path
    for path in ("/login", "/logout", "/signup", "/api/token"):
        data = {"username": "ada", "password": "correct horse battery"}
        response = ask("POST", f"{server.base_url}{path}", data=data)
        assert response.status_code in {403, 404}, path


@pytest.mark.contract("OPT-3", "PAGE-6")
@pytest.mark.lacks("accounts")
def test_without_accounts_forms_are_guarded_all_the_same(
    browser: Browser, resource: Resource
) -> None:
    """A form without its CSRF token is 403; with it, anybody's is good."""
    path = f"{resource.path}/new"
    form = browser.get(path).form(path)

    assert browser.post(path, {}).status == 403
    page = form.fill(resource, resource.entry()).submit()
    assert page.status in {302, 303}
    shown = page.follow()
    assert "added" in shown.message
    assert shown.leads_to(f"{shown.url}/edit")
    assert shown.leads_to(f"{shown.url}/delete")
    for link in ("/login", "/signup", "/logout"):
        assert not shown.leads_to(link)


@pytest.mark.contract("OPT-3")
@pytest.mark.lacks("accounts")
@pytest.mark.needs("api")
def test_without_accounts_the_document_asks_for_no_token(server: Server) -> None:
    """The API's description knows no security, no owner, and neither 401 nor 403."""
    response = ask("GET", f"{server.base_url}/api/openapi.json")
    document = response.json()

    assert media_type(response) != PROBLEM
    assert "securitySchemes" not in document["components"]
    for operations in document["paths"].values():
        for operation in operations.values():
            assert not operation.get("security")
            assert not {"401", "403"} & operation["responses"].keys()
    assert "owner" not in response.text
