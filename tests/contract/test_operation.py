"""Operation: health, headers, cookies, hosts."""

from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import pytest

from .client import Api, Browser, Page, ask, media_type
from .conftest import Account, Server
from .resource import Resource, word

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
}
Answers = dict[str, httpx.Response]
HTTPS = {"X-Forwarded-Proto": "https"}


def plain_answers(server: Server, resource: Resource) -> Answers:
    """Answers to whoever asks, of every kind, by a name."""
    url = server.base_url
    found = {
        "home": ask("GET", url),
        "404": ask("GET", f"{url}/nope"),
        "404 with NUL": ask("GET", f"{url}/%00"),
        "405": ask("PUT", f"{url}/"),
        "icon": ask("GET", f"{url}/static/icon.svg"),
        "no static": ask("GET", f"{url}/static/nope.css"),
        "HEAD": ask("HEAD", url),
        "health": ask("GET", f"{url}/health"),
        "another host": ask("GET", url, headers={"Host": "evil.example"}),
    }
    if "pages" in server.parts:
        found |= {
            "list": ask("GET", f"{url}{resource.path}"),
            "form 403": ask("POST", f"{url}{resource.path}/new"),
            "form or redirect": ask("GET", f"{url}{resource.path}/new"),
            "404 of an entry": ask("GET", f"{url}{resource.path}/0"),
            "login": ask("GET", f"{url}/login"),
            "signup": ask("GET", f"{url}/signup"),
            "style": ask("GET", f"{url}/static/style.css"),
        }
    return found


def api_answers(server: Server, api: Api) -> Answers:
    """The API's answers to somebody who may write."""
    url, bearer = server.base_url, api.headers
    json = {"Content-Type": "application/json"} | bearer
    entry = api.create()
    found = {
        "docs": ask("GET", f"{url}/api/docs"),
        "openapi": ask("GET", f"{url}/api/openapi.json"),
        "API list": ask("GET", f"{url}{api.path}"),
        "API 400": ask("POST", f"{url}{api.path}", content=b"{", headers=json),
        "API 401": ask("POST", f"{url}{api.path}", json={}),
        "API 404": ask("GET", f"{url}/api/nope"),
        "API 405": ask("PATCH", f"{url}{api.path}", headers=bearer),
        "API no JSON": ask("POST", f"{url}{api.path}", content=b"{}", headers=bearer),
        "API 422": ask("POST", f"{url}{api.path}", json=[], headers=bearer),
        "API 204": ask("DELETE", f"{url}{api.path}/{entry['id']}", headers=bearer),
    }
    if "accounts" in server.parts:
        right = {"username": server.user.username, "password": server.user.password}
        wrong = {"username": "x", "password": "y" * 8}
        found["token"] = ask("POST", f"{url}/api/token", data=right)
        found["token 401"] = ask("POST", f"{url}/api/token", data=wrong)
    return found


def page_answers(browser: Browser, resource: Resource) -> Answers:
    """The pages' answers to somebody who may write."""
    path = f"{resource.path}/new"
    form = browser.get(path).form(path)
    added = form.fill(resource, resource.entry()).submit()
    return {
        "form": form.page.response,
        "form 422": form.submit().response,
        "entry": added.follow().response,
        "added": added.response,
        "deleted": browser.get(f"{urlsplit(added.location).path}/delete")
        .form(f"{urlsplit(added.location).path}/delete")
        .submit()
        .response,
        "signed in": browser.get("/").response,
    }


@pytest.mark.contract("OPS-7")
def test_every_response_has_the_security_headers(
    server: Server, resource: Resource
) -> None:
    """Every response has the four headers, each once and with its value."""
    assert_secured(plain_answers(server, resource))


@pytest.mark.contract("OPS-7")
def test_every_answer_of_the_api_has_the_security_headers(
    server: Server, api: Api
) -> None:
    """So have the API's, to those who may write."""
    assert_secured(api_answers(server, api))


@pytest.mark.contract("OPS-7")
def test_every_page_has_the_security_headers(
    browser: Browser, resource: Resource
) -> None:
    """So have pages, for those who may write."""
    assert_secured(page_answers(browser, resource))


@pytest.mark.contract("OPS-7")
def test_every_refusal_has_the_security_headers(
    api: Api, other_api: Api, stranger: Browser
) -> None:
    """So has what is not for others."""
    entry = api.create()
    path = f"{api.resource.path}/{entry['id']}/edit"
    assert_secured(
        {
            "403": stranger.get(path).response,
            "API 403": other_api.delete(entry["id"]),
        }
    )


def assert_secured(found: Answers) -> None:
    """Check the headers of answers by their names."""
    wrong: list[tuple[str, str, list[str]]] = []
    for name, response in found.items():
        for header, value in HEADERS.items():
            if response.headers.get_list(header) != [value]:
                wrong.append((name, header, response.headers.get_list(header)))
        policies = response.headers.get_list("content-security-policy")
        if len(policies) != 1:
            wrong.append((name, "content-security-policy", policies))
            continue
        directives = {
            words[0].lower(): words[1:]
            for part in policies[0].split(";")
            if (words := part.split())
        }
        if directives.get("default-src") != ["'self'"]:
            wrong.append((name, "default-src", policies))
        if directives.get("frame-ancestors") != ["'none'"]:
            wrong.append((name, "frame-ancestors", policies))
        if "unsafe" in policies[0] or "*" in policies[0] or "http" in policies[0]:
            wrong.append((name, "too weak", policies))
        if "strict-transport-security" in response.headers:
            wrong.append((name, "HSTS over HTTP", []))
    assert wrong == []


@pytest.mark.contract("OPS-7")
def test_hsts_is_sent_over_https(server: Server, resource: Resource) -> None:
    """Over HTTPS (told by a trusted proxy): `Strict-Transport-Security`."""
    for path in ("/", resource.path, resource.api, "/health", "/nope", "/api/nope"):
        response = ask("GET", f"{server.base_url}{path}", headers=HTTPS)
        values = response.headers.get_list("strict-transport-security")
        assert len(values) == 1, path
        age = int(values[0].lower().partition("max-age=")[2].partition(";")[0])
        assert age >= 3600
        plain = {"X-Forwarded-Proto": "http"}
        response = ask("GET", f"{server.base_url}{path}", headers=plain)
        assert "strict-transport-security" not in response.headers


@pytest.mark.contract("OPS-9")
def test_cookies_are_protected(
    new_browser: Callable[..., Browser],
    server: Server,
    resource: Resource,
    account: Account,
) -> None:
    """Cookies are `HttpOnly`, `SameSite=Lax` and, without `DEBUG`, `Secure`."""
    for headers in ({}, HTTPS):
        browser = new_browser(headers)
        form = browser.get("/login").form("/login")
        site = server.base_url
        if headers:
            site = site.replace("http://", "https://")
        origin = {"Origin": site, "Referer": f"{site}/login"}
        right = {"username": account.username, "password": account.password}
        pages: list[Page] = [
            browser.get("/login"),
            form.submit(right, headers=origin),
        ]
        assert pages[1].status in {302, 303}
        pages.append(pages[1].follow())
        pages.append(browser.get(f"{resource.path}/new"))
        pages.append(browser.get("/").form("/logout").submit(headers=origin))
        pages.append(pages[-1].follow())
        pages.append(Page(browser, form.page.response))
        cookies = [c for p in pages for c in p.response.headers.get_list("set-cookie")]

        assert cookies
        for cookie in cookies:
            attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
            assert "httponly" in attributes, cookie
            assert "samesite=lax" in attributes, cookie
            assert "secure" in attributes, cookie
            assert "path=/" in attributes, cookie
            assert not any(a.startswith("domain=") for a in attributes), cookie


@pytest.mark.contract("OPS-6", "ERR-12")
@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost.evil.example", "evil.example:80", "a b", "[", ""),
        *(
            "localhost:x@evil.example",
            "localhost@evil.example",
            "localhost,evil.example",
        ),
        *("localhost:80@evil.example:80", "127.0.0.1:x", "localhost/evil.example"),
    ],
)
def test_a_host_that_is_not_allowed_is_400(
    server: Server, resource: Resource, host: str
) -> None:
    """A `Host` that is not allowed is 400, also one that only looks like ours."""
    for path in ("/", f"{resource.path}/new", "/login", "/nope", resource.api):
        response = ask("GET", f"{server.base_url}{path}", headers={"Host": host})
        assert response.status_code == 400, path
        assert "location" not in response.headers


@pytest.mark.contract("OPS-10")
@pytest.mark.needs("pages", "accounts")
@pytest.mark.parametrize("host", ["localhost", "localhost:8443", "127.0.0.1:1"])
def test_redirects_lead_to_this_site(
    server: Server, resource: Resource, host: str
) -> None:
    """Redirects lead to this site, whatever `Host` says."""
    url = f"{server.base_url}{resource.path}/new"

    response = ask("GET", url, headers={"Host": host})

    assert response.status_code in {302, 303}
    target = urlsplit(response.headers["location"])
    assert target.netloc.lower() in {"", host.lower()}
    assert target.path == "/login"


@pytest.mark.contract("OPS-10")
def test_a_forwarded_host_is_not_believed(
    server: Server, api: Api, resource: Resource
) -> None:
    """A `Host` that is not allowed gets nowhere, by no other header either."""
    headers = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    answer = ask("GET", f"{server.base_url}{resource.path}/new", headers=headers)
    made = api.send("POST", api.path, data=resource.entry(), headers=headers)
    api.remember(made)

    assert "evil" not in answer.headers.get("location", "")
    assert "evil.example" not in answer.text
    assert "evil" not in made.headers["location"]


@pytest.mark.contract("OPS-4")
def test_health_asks_the_database(server: Server) -> None:
    """`GET /health`: 200 `{"status": "ok"}` with `Cache-Control: no-store`."""
    response = ask("GET", f"{server.base_url}/health")

    assert response.status_code == 200
    assert media_type(response) == "application/json"
    assert response.json() == {"status": "ok"}
    assert "no-store" in response.headers["cache-control"]
    assert "set-cookie" not in response.headers


@pytest.mark.contract("ERR-1", "ERR-4")
def test_nothing_is_said_of_the_machinery(visitor: Browser, resource: Resource) -> None:
    """An error says nothing of its cause: no trace, no path, no debugger."""
    for path in ("/nope", f"{resource.path}/{word()}", "/api/nope", "/%00"):
        text = visitor.get(path).response.text
        for secret in ("Traceback", "site-packages", "DEBUG", "SECRET_KEY", "sqlite"):
            assert secret not in text, path


@pytest.mark.contract("OPS-4")
def test_health_is_read_only(server: Server) -> None:
    """`GET /health` only."""
    assert ask("POST", f"{server.base_url}/health").status_code in {403, 404, 405}
