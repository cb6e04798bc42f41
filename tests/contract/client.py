"""A browser without JavaScript and an API client, both small and strict."""

import json
import random
import re
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from functools import cache
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Self, TypeVar, cast
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
from justhtml import Element, JustHTML

from .resource import RAW, Field, Resource, form_text, same

HTML = "text/html"
WRONG = "wrong horse"  # nobody's password
PROBLEM = "application/problem+json"
Answer = TypeVar("Answer")
VOID_INPUTS = {"submit", "button", "reset", "image"}


def address() -> dict[str, str]:
    """The header that tells the server, as its proxy would, of a client of its own.

    Attempts to sign in are counted by address: no test spends another's.
    """
    return {"X-Forwarded-For": ".".join(["10", *(str(byte()) for _ in range(3))])}


def byte() -> int:
    """A part of an address."""
    return random.randrange(1, 255)  # noqa: S311 - only distinct


@cache
def certificates() -> ssl.SSLContext:
    """Whom to trust over HTTPS; httpx would read it anew for each client."""
    return ssl.create_default_context()


def ask(
    method: str,
    url: str,
    *,
    data: Mapping[str, str] | None = None,
    json: object = None,
    content: bytes | Iterable[bytes] | None = None,
    headers: Mapping[str, str] | None = None,
) -> httpx.Response:
    """Send one request as a client of its own, without a cookie."""
    return httpx.request(
        method,
        url,
        data=data,
        json=json,
        content=content,
        headers=raw(address() | dict(headers or {})),
        verify=certificates(),
        timeout=30,
    )


def at_once(*calls: Callable[[], Answer]) -> list[Answer]:
    """Make these calls at the same time; give their answers."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def assert_refused(
    send: Callable[..., httpx.Response], *args: Any, **options: Any
) -> None:
    """Check that a request is refused, if only by a closed connection."""
    try:
        response = send(*args, **options)
    except (httpx.NetworkError, httpx.RemoteProtocolError):
        return
    assert 400 <= response.status_code < 500, response.status_code


def cookie_jar() -> CookieJar:
    """A jar that sends `Secure` cookies over plain HTTP too, as on loopback."""
    return CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))


def text_of(element: Element) -> str:
    """The element's text, with white space as a reader sees it."""
    return " ".join(element.to_text().split())


def short(value: str) -> str:
    """A name for a test that runs with this value."""
    return repr(value) if len(value) <= 24 else f"{value[:12]!r} of {len(value)}"


def media_type(response: httpx.Response) -> str:
    """The response's content type without its parameters."""
    return (
        str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()
    )


def assert_problem(response: httpx.Response, status: int) -> dict[str, Any]:
    """Check an answer against RFC 9457 and the contract's words, and return it."""
    assert response.status_code == status, (
        f"{response.status_code}, not {status}: {response.text[:300]}"
    )
    assert media_type(response) == PROBLEM
    problem = response.json()
    assert isinstance(problem, dict)
    assert problem["type"] == "about:blank"
    assert problem["status"] == status
    assert isinstance(problem["title"], str)
    assert problem["title"]
    if status != 422:  # its phrase changed in Python 3.13
        assert problem["title"] in {HTTPStatus(status).phrase, *RENAMED.get(status, ())}
    assert isinstance(problem["detail"], str)
    assert problem["detail"].strip()
    if status == 422:
        assert problem["errors"]
        for error in problem["errors"]:
            assert set(error) == {"field", "message"}
            assert isinstance(error["field"], str)
            assert error["field"]
            assert isinstance(error["message"], str)
            assert error["message"].strip()
    else:
        assert "errors" not in problem
    return cast(dict[str, Any], problem)


RENAMED = {413: {"Request Entity Too Large", "Content Too Large", "Payload Too Large"}}


def raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers that may hold Latin-1, which httpx does not encode by itself."""
    return [(k.encode("latin-1"), v.encode("latin-1")) for k, v in headers.items()]


def faults(problem: dict[str, Any]) -> set[str]:
    """The names of the fields that a 422 complains of."""
    told = [error["message"] for error in problem["errors"]]
    assert not any(words in text for text in told for words in RAW), told
    return {error["field"] for error in problem["errors"]}


class Api:
    """The JSON API, with a token or without one."""

    def __init__(self, base_url: str, resource: Resource, token: str | None) -> None:
        """Talk to the server at `base_url`."""
        self.http = httpx.Client(base_url=base_url, timeout=30, verify=certificates())
        self.resource = resource
        self.path = resource.api
        self.headers = address()
        if token:
            self.headers["Authorization"] = f"Bearer {token}"
        self._made: list[int] = []

    def close(self) -> None:
        """Delete what `create` made."""
        for id_ in self._made:
            self.delete(id_)
        self.http.close()

    def send(
        self,
        method: str,
        path: str,
        *,
        data: object = ...,
        content: Any = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """Send JSON (`data`), or exactly these bytes (`content`), or no body."""
        sent = dict(self.headers)
        if data is not ...:
            content = json.dumps(data).encode()
            sent["Content-Type"] = "application/json"
        response = self.http.request(
            method, path, content=content, headers=raw(sent | (headers or {}))
        )
        assert response.status_code < 500, f"{method} {path}: {response.text[:500]}"
        return response

    def list(self, **query: object) -> httpx.Response:
        """Ask for the list."""
        return self.http.get(
            self.path,
            params={k: str(v) for k, v in query.items()},
            headers=self.headers,
        )

    def total(self) -> int:
        """How many entries there are."""
        return int(self.list().json()["total"])

    def holds(self, field: Field, value: object) -> bool:
        """Whether some entry has this value already."""
        page, pages = 1, 1
        while page <= pages:
            answer = self.list(page=page, page_size=100).json()
            if any(same(field, value, entry[field.name]) for entry in answer["items"]):
                return True
            page, pages = page + 1, answer["pages"]
        return False

    def get(self, id_: object) -> httpx.Response:
        """Ask for one entry."""
        return self.send("GET", f"{self.path}/{id_}")

    def post(self, data: object) -> httpx.Response:
        """Send a new entry; what is made is deleted after the test."""
        response = self.send("POST", self.path, data=data)
        self.remember(response)
        return response

    def remember(self, response: httpx.Response) -> None:
        """Delete the entry that this response made, after the test."""
        if response.status_code == 201:
            self._made.append(response.json()["id"])

    def put(self, id_: object, data: object) -> httpx.Response:
        """Replace an entry."""
        return self.send("PUT", f"{self.path}/{id_}", data=data)

    def delete(self, id_: object) -> httpx.Response:
        """Delete an entry."""
        return self.send("DELETE", f"{self.path}/{id_}")

    def create(self, **values: object) -> dict[str, Any]:
        """Make an entry with every field set, and return it."""
        response = self.post(self.resource.entry(**values))
        assert response.status_code == 201, response.text
        return cast(dict[str, Any], response.json())


class Form:
    """A form as a browser holds it: what is in its controls, ready to be sent."""

    def __init__(self, page: "Page", element: Element) -> None:
        """Read the controls of `element`."""
        self.page = page
        self.element = element
        self.method = (element.attrs.get("method") or "get").lower()
        self.action = urljoin(page.url, element.attrs.get("action") or page.url)
        self.values = dict(self._successful())

    @property
    def controls(self) -> dict[str, Element]:
        """The named controls, in the order of the page."""
        return {
            cast(str, control.attrs["name"]): control
            for control in find_all(self.element, "input, select, textarea")
            if control.attrs.get("name")
        }

    @property
    def visible(self) -> dict[str, Element]:
        """The controls that a person sees and fills in."""
        return {
            name: control
            for name, control in self.controls.items()
            if kind(control) not in {"hidden", *VOID_INPUTS}
        }

    @property
    def tokens(self) -> dict[str, str]:
        """The hidden controls but `next`: where the CSRF token is."""
        return {
            name: control.attrs.get("value") or ""
            for name, control in self.controls.items()
            if kind(control) == "hidden" and name != "next"
        }

    def _successful(self) -> Iterator[tuple[str, str]]:
        """The pairs that a browser would send, were the form sent as it is."""
        for name, control in self.controls.items():
            if "disabled" in control.attrs or kind(control) in VOID_INPUTS:
                continue
            if kind(control) in {"checkbox", "radio"}:
                if "checked" in control.attrs:
                    yield name, control.attrs.get("value") or "on"
            else:
                yield name, value_of(control)

    def name_of(self, field: Field) -> str:
        """What the field's control is called; a reference's may be `post` or `post_id`."""
        return field.name if field.name in self.controls else field.key

    def fill(self, resource: Resource, entry: dict[str, Any]) -> Self:
        """Fill in the JSON values of an entry, as a person would."""
        for field in resource.fields:
            if field.name in entry:
                self.set(field, entry[field.name])
        return self

    def set(self, field: Field, value: Any) -> None:
        """Fill in one JSON value."""
        name = self.name_of(field)
        control = self.controls[name]
        if kind(control) == "checkbox":
            self.values.pop(name, None)
            if value:
                self.values[name] = control.attrs.get("value") or "on"
        elif field.type == "bool":
            word = {True: "Yes", False: "No", None: ""}[value]
            self.values[name] = next(
                option_value(option)
                for option in find_all(control, "option")
                if (text_of(option) == word if word else not option_value(option))
            )
        else:
            self.values[name] = form_text(field, value)

    def submit(
        self,
        changes: Mapping[str, str] | None = None,
        *,
        headers: Mapping[str, str | bytes] | None = None,
    ) -> "Page":
        """Send the form with these changes; a redirect is not followed."""
        values = self.values | dict(changes or {})
        if self.method == "get":
            url = httpx.URL(self.action).copy_with(params=values)
            return self.page.browser.get(str(url))
        return self.page.browser.post(self.action, values, headers=headers)

    def without_tokens(self) -> dict[str, str]:
        """The values without the CSRF token."""
        return {k: v for k, v in self.values.items() if k not in self.tokens}


class Page:
    """An answer that a browser got."""

    def __init__(self, browser: "Browser", response: httpx.Response) -> None:
        """Keep the response; its HTML is parsed on demand."""
        self.browser = browser
        self.response = response
        self.status = response.status_code
        self.url = str(response.url)
        self._document: JustHTML | None = None

    @property
    def document(self) -> JustHTML:
        """The parsed page."""
        if self._document is None:
            assert media_type(self.response) == HTML, (
                f"{self.url}: {self.status} {media_type(self.response)}"
            )
            self._document = JustHTML(
                self.response.text, sanitize=False, collect_errors=True
            )
        return self._document

    def all(self, selector: str) -> list[Element]:
        """The elements that match a CSS selector."""
        return [cast(Element, match) for match in self.document.query(selector)]

    def one(self, selector: str) -> Element:
        """The only element that matches."""
        found = self.all(selector)
        assert len(found) == 1, f"{self.url}: {len(found)} elements match {selector}"
        return found[0]

    @property
    def main(self) -> Element:
        """The `<main>` element."""
        return self.one("main")

    @property
    def text(self) -> str:
        """What `<main>` says."""
        return text_of(self.main)

    @property
    def message(self) -> str:
        """The one-time messages."""
        return " ".join(text_of(found) for found in self.all('[role="status"]'))

    @property
    def title(self) -> str:
        """The `<title>`."""
        return text_of(self.one("title"))

    @property
    def links(self) -> list[str]:
        """Where the page's `<a>` lead, as absolute URLs."""
        return [
            urljoin(self.url, href)
            for link in self.all("a")
            if (href := link.attrs.get("href")) is not None
        ]

    def leads_to(self, path: str) -> bool:
        """Whether a link leads to this path of the same site."""
        return self.browser.url(path) in {link.partition("?")[0] for link in self.links}

    def rel(self, word: str) -> str | None:
        """Where the link with this `rel` leads."""
        found = self.all(f'a[rel~="{word}"], link[rel~="{word}"]')
        return urljoin(self.url, found[0].attrs["href"] or "") if found else None

    @property
    def forms(self) -> list[Form]:
        """Every form of the page."""
        return [Form(self, element) for element in self.all("form")]

    def form(self, path: str) -> Form:
        """The only form that posts to this path."""
        found = [
            form
            for form in self.forms
            if form.method == "post" and urlsplit(form.action).path == path
        ]
        assert len(found) == 1, f"{self.url}: {len(found)} forms post to {path}"
        return found[0]

    def is_redirect_to(self, path: str) -> bool:
        """Whether this sends the browser to a path (and query) of the same site."""
        return self.status in {302, 303} and self.location == self.browser.url(path)

    @property
    def location(self) -> str:
        """Where a redirect leads, as an absolute URL."""
        return urljoin(self.url, str(self.response.headers.get("location", "")))

    def follow(self) -> "Page":
        """Follow a redirect."""
        assert self.status in {302, 303}, f"{self.status} is no redirect"
        # Behind a proxy that speaks HTTPS it may say https, which the server does not.
        target = urlsplit(self.location)
        assert target.netloc in {"", urlsplit(self.url).netloc}, self.location
        return self.browser.get(target._replace(scheme="", netloc="").geturl())


class Browser:
    """Cookies, forms and links; no JavaScript, and no redirect unasked."""

    def __init__(
        self,
        base_url: str,
        headers: dict[str, str] | None = None,
        *,
        cookies: CookieJar | None = None,
    ) -> None:
        """Start with these cookies, or none."""
        self.base_url = base_url
        self.http = httpx.Client(
            base_url=base_url,
            cookies=cookie_jar() if cookies is None else cookies,
            timeout=30,
            verify=certificates(),
            headers={"Accept": "text/html,*/*;q=0.8"} | address() | (headers or {}),
            event_hooks={"request": [self._send_secure_cookies]},
        )

    def _send_secure_cookies(self, request: httpx.Request) -> None:
        """Send what the jar's policy allows; httpx copies it to a jar without."""
        if len(self.http.cookies.jar):
            request.headers.pop("Cookie", None)
            self.http.cookies.set_cookie_header(request)

    def url(self, path: str) -> str:
        """The absolute URL of a path."""
        return urljoin(self.base_url, path)

    def send(self, method: str, url: str, **options: Any) -> Page:
        """Send any request."""
        page = Page(self, self.http.request(method, url, **options))
        assert page.status < 500, f"{method} {url}: {page.status}"
        return page

    def get(self, url: str) -> Page:
        """Visit a page."""
        return self.send("GET", url)

    def post(
        self,
        url: str,
        values: dict[str, str],
        headers: Mapping[str, str | bytes] | None = None,
    ) -> Page:
        """Send a form's values."""
        return self.send("POST", url, data=values, headers=headers or {})

    @property
    def is_signed_in(self) -> bool:
        """Whether the pages offer to sign out."""
        forms = self.get("/").forms
        return any(urlsplit(form.action).path == "/logout" for form in forms)

    def sign_in(self, username: str, password: str) -> Page:
        """Sign in through the form."""
        form = self.get("/login").form("/login")
        page = form.submit({"username": username, "password": password})
        assert page.status in {302, 303}, page.response.text
        return page

    def try_to_sign_up(self, username: str, password: str) -> Page:
        """Send the form that makes an account."""
        form = self.get("/signup").form("/signup")
        passwords = [
            name
            for name, control in form.visible.items()
            if kind(control) == "password"
        ]
        return form.submit({"username": username} | dict.fromkeys(passwords, password))

    def sign_up(self, username: str, password: str) -> Page:
        """Make an account through the form."""
        page = self.try_to_sign_up(username, password)
        assert page.status in {302, 303}, page.response.text
        return page

    def copy(self) -> "Browser":
        """Another browser with the same cookies, as a thief would have it."""
        cookies = cookie_jar()
        for cookie in self.http.cookies.jar:
            cookies.set_cookie(copy(cookie))
        return Browser(self.base_url, cookies=cookies)

    def close(self) -> None:
        """Close the connections."""
        self.http.close()


class Forms:
    """Entries that are made and deleted by forms, where there is no API."""

    def __init__(self, browser: Browser, resource: Resource) -> None:
        """Use a browser that may write."""
        self.browser = browser
        self.resource = resource
        self._made: list[int] = []

    def create(self, **values: object) -> dict[str, Any]:
        """Make an entry with every field set; return what was sent, and its `id`."""
        path, entry = f"{self.resource.path}/new", self.resource.entry(**values)
        form = self.browser.get(path).form(path).fill(self.resource, entry)
        page = form.submit()
        assert page.status in {302, 303}, page.response.text
        id_ = int(urlsplit(page.location).path.rpartition("/")[2])
        self._made.append(id_)
        return entry | {"id": id_}

    def delete(self, id_: int) -> Page:
        """Delete an entry, if its page offers to; return what the browser is told."""
        path = f"{self.resource.path}/{id_}/delete"
        page = self.browser.get(path)
        offers = [f for f in page.forms if urlsplit(f.action).path == path]
        return offers[0].submit() if offers else page

    def close(self) -> None:
        """Delete what `create` made."""
        for id_ in self._made:
            self.delete(id_)


def find_all(element: Element, selector: str) -> list[Element]:
    """The descendants that match a CSS selector."""
    return [cast(Element, match) for match in element.query(selector)]


def facts(element: Element) -> dict[str, Element]:
    """The values of a list of them, by their labels."""
    pairs = zip(find_all(element, "dt"), find_all(element, "dd"), strict=True)
    return {text_of(label): value for label, value in pairs}


def kind(control: Element) -> str:
    """An input's type, or the element's name."""
    if control.name == "input":
        return (control.attrs.get("type") or "text").lower()
    return control.name


def option_value(option: Element) -> str:
    """What a select sends when this option is chosen."""
    if "value" in option.attrs:
        return option.attrs["value"] or ""
    return text_of(option)


def value_of(control: Element) -> str:
    """What a control holds."""
    if control.name == "textarea":
        text = control.to_text(separator="", strip=False)
        return re.sub(r"\r\n|\r|\n", "\r\n", text)
    if control.name == "select":
        options = find_all(control, "option")
        chosen = [option for option in options if "selected" in option.attrs]
        return option_value((chosen or options)[0])
    return control.attrs.get("value") or ""


def query_of(url: str) -> dict[str, str]:
    """The query of a URL as a dictionary of its first values."""
    pairs = parse_qs(urlsplit(url).query, keep_blank_values=True)
    return {name: values[0] for name, values in pairs.items()}


def listed(page: Page, resource: Resource) -> list[int]:
    """The ids of the entries that a page leads to, in its order."""
    found: list[int] = []
    prefix = page.browser.url(resource.path) + "/"
    for link in find_all(page.main, "a"):
        rest = urljoin(page.url, link.attrs.get("href") or "").removeprefix(prefix)
        if rest.isdigit() and int(rest) not in found:
            found.append(int(rest))
    return found
