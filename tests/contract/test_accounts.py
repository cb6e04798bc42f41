"""Pages: signing in and out."""

import re
import time
from collections.abc import Callable
from contextlib import closing
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import pytest

from .client import WRONG, Browser, Page, find_all, kind, short, text_of
from .conftest import Account, Server
from .resource import Resource, word

LONG = "/" + "a" * 3000
ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "////evil.example/books",
    "https://evil.example",
    "http://evil.example/books",
    "HTTPS:evil.example",
    "https:///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    "/\0/evil.example",
    "\u2028//evil.example",
    "https://user@evil.example",
    "/\r\nSet-Cookie: a=b",
    "http://[::1",
    "?next=//evil.example",
    "",
    LONG,
]


def sign_in(browser: Browser, server: Server, **changes: str) -> Page:
    """Send the sign-in form, right unless changed."""
    form = browser.get("/login").form("/login")
    account = {"username": server.user.username, "password": server.user.password}
    return form.submit(account | changes)


@pytest.mark.contract("SIGN-1", "PAGE-1")
def test_the_form_asks_for_name_and_password(visitor: Browser) -> None:
    """`/login`: fields `username`, `password`; hidden `next`."""
    form = visitor.get("/login").form("/login")

    assert list(form.visible) == ["username", "password"]
    assert kind(form.controls["password"]) == "password"
    assert kind(form.controls["next"]) == "hidden"
    assert form.controls["username"].attrs["autocomplete"] == "username"
    assert form.controls["password"].attrs["autocomplete"] == "current-password"


@pytest.mark.contract("SIGN-1", "PAGE-8")
def test_signing_in_leads_home_with_a_message(visitor: Browser, server: Server) -> None:
    """After signing in they land on `/`; "Signed in." is said once."""
    page = sign_in(visitor, server)

    assert page.is_redirect_to("/")
    assert page.follow().message == "Signed in."
    assert visitor.get("/").message == ""
    assert visitor.is_signed_in


@pytest.mark.contract("SIGN-1", "PAGE-3")
def test_signing_in_leads_to_next(
    visitor: Browser, server: Server, resource: Resource
) -> None:
    """After signing in they land on `next`, if it is a path on this site."""
    target = visitor.get(f"{resource.path}/new")
    form = target.follow().form("/login")

    page = form.submit(
        {"username": server.user.username, "password": server.user.password}
    )

    assert page.is_redirect_to(f"{resource.path}/new")
    assert page.follow().status == 200


@pytest.mark.contract("SIGN-1", "SIGN-2")
def test_next_keeps_its_query(
    visitor: Browser, server: Server, resource: Resource
) -> None:
    """`next` is a path on this site, with its query, also after a mistake."""
    path = f"{resource.path}?q=a%20b&page=1"
    form = visitor.get(f"/login?next={quote(path, safe='')}").form("/login")
    assert form.values["next"] == path
    again = form.submit({"username": server.user.username, "password": WRONG})
    form = again.form("/login")
    assert form.values["next"] == path

    page = form.submit(
        {"username": server.user.username, "password": server.user.password}
    )

    assert page.is_redirect_to(path)


@pytest.mark.contract("SIGN-1", "OPS-10")
@pytest.mark.parametrize("next_", ELSEWHERE, ids=short)
def test_next_never_leaves_the_site(
    new_browser: Callable[..., Browser], server: Server, next_: str
) -> None:
    """They land on `next`, if it is a path on this site, else on `/`."""
    landed = [sign_in(new_browser(), server, next=next_)]
    address = new_browser().get(f"/login?next={quote(next_, safe='')}")
    if address.status != 200:
        assert 400 <= address.status < 500
    elif address.form("/login").values["next"] not in {"", "/", next_}:
        account = {"username": server.user.username, "password": server.user.password}
        landed.append(address.form("/login").submit(account))

    for page in landed:
        if page.status in {400, 422}:
            continue  # a NUL may be refused
        assert page.status in {302, 303}
        location = page.response.headers["location"]
        assert "\r" not in location
        assert as_browsers_read(page.url, location).netloc == urlsplit(page.url).netloc
        assert "a=b" not in str(page.response.headers.get_list("set-cookie"))
        if next_.lower().startswith(("http", "//", "javascript", "data")):
            assert page.is_redirect_to("/"), location


def as_browsers_read(page: str, location: str) -> SplitResult:
    """Where browsers go from a page: they mend what they find in an address."""
    location = re.sub(r"[\t\r\n]", "", location).strip("\0\x1f\x20").replace("\\", "/")
    return urlsplit(urljoin(page, re.sub("^/{3,}", "//", location)))


@pytest.mark.contract("SIGN-2", "PAGE-4")
def test_a_mistake_shows_the_form_again(visitor: Browser, server: Server) -> None:
    """A wrong name or password: the form again, one message and 422; the name is kept."""
    page = sign_in(visitor, server, password=WRONG)

    assert page.status == 422
    form = page.form("/login")
    assert form.values["username"] == server.user.username
    assert not form.values.get("password")
    assert WRONG not in page.response.text
    alerts = [a for a in page.all('[role="alert"]') if text_of(a)]
    assert len(alerts) == 1
    assert not visitor.is_signed_in


@pytest.mark.contract("SIGN-2")
def test_unknown_names_and_wrong_passwords_look_the_same(
    visitor: Browser, server: Server
) -> None:
    """The same text whether or not the user exists."""
    wrong = sign_in(visitor, server, password=WRONG)
    unknown = sign_in(visitor, server, username=word())

    assert unknown.status == wrong.status == 422
    assert unknown.text == wrong.text
    assert unknown.title == wrong.title
    marks = [
        [(e.name, e.attrs.get("aria-invalid")) for e in find_all(p.main, "input")]
        for p in (wrong, unknown)
    ]
    assert marks[0] == marks[1]


@pytest.mark.contract("SIGN-2")
def test_unknown_names_and_wrong_passwords_take_the_same(
    new_browser: Callable[..., Browser], account: Account
) -> None:
    """The same work whether or not the user exists."""

    def best(username: str) -> float:
        times = []
        for _ in range(3):
            form = new_browser().get("/login").form("/login")
            start = time.perf_counter()
            form.submit({"username": username, "password": WRONG})
            times.append(time.perf_counter() - start)
        return min(times)

    known, unknown = best(account.username), best(word())

    assert known / 3 < unknown < known * 3


@pytest.mark.contract("SIGN-2", "ERR-1")
def test_odd_names_and_passwords_are_refused(
    new_browser: Callable[..., Browser], account: Account
) -> None:
    """A wrong user name or password shows the form again, whatever it is."""
    names = ["", " ", "a\0b", "' OR 1=1 --", "a" * 5000, "\N{HORSE}", "%s", "\x7f"]
    passwords = ["", "a\0b", "a" * 5000, "\N{HORSE}"]
    for username, password in [
        *((name, account.password) for name in names),
        *((account.username, password) for password in passwords),
    ]:
        browser = new_browser()
        form = browser.get("/login").form("/login")
        page = form.submit({"username": username, "password": password})

        assert page.status == 422, (username, password)
        assert page.form("/login")
        assert not browser.is_signed_in


@pytest.mark.contract("SIGN-5")
def test_names_and_passwords_are_exact(
    visitor: Browser, server: Server, account: Account
) -> None:
    """A user name is exact about case, a password to the letter; names are trimmed."""
    right = {"username": account.username, "password": account.password}
    for changes in (
        {"password": account.password + " "},
        {"password": account.password.swapcase()},
        {"username": account.username.swapcase()},
        {"username": account.username[:-1] + "_"},
    ):
        assert sign_in(visitor, server, **right | changes).status == 422
    spaces = right | {"username": f"  {account.username} "}
    assert sign_in(visitor, server, **spaces).status in {302, 303}


@pytest.mark.contract("PAGE-6")
def test_a_post_to_login_needs_its_token(visitor: Browser, server: Server) -> None:
    """Every form that posts carries a CSRF token; without it, 403: `/login` too."""
    form = visitor.get("/login").form("/login")
    account = {"username": server.user.username, "password": server.user.password}

    assert visitor.post("/login", account).status == 403
    assert not visitor.is_signed_in
    assert form.submit(account).status in {302, 303}


@pytest.mark.contract("SIGN-1")
def test_a_session_is_new_after_signing_in(visitor: Browser, server: Server) -> None:
    """Signing in gives a new session: the one before it stays a visitor's."""
    visitor.get("/login")
    before = {cookie.name: cookie.value for cookie in visitor.http.cookies.jar}
    sign_in(visitor, server)
    assert visitor.is_signed_in

    stolen = Browser(server.base_url)
    for name, value in before.items():
        stolen.http.cookies.set(name, value or "")

    assert not stolen.is_signed_in
    stolen.close()


@pytest.mark.contract("SIGN-3", "PAGE-8")
def test_signing_out_leads_home_with_a_message(
    own_browser: Browser, resource: Resource
) -> None:
    """`POST /logout`: signs out, to `/`; "Signed out." is said once."""
    assert own_browser.is_signed_in

    page = own_browser.get(resource.path).form("/logout").submit()

    assert page.is_redirect_to("/")
    assert page.follow().message == "Signed out."
    assert own_browser.get("/").message == ""
    assert not own_browser.is_signed_in
    assert own_browser.get(f"{resource.path}/new").status in {302, 303}


@pytest.mark.contract("SIGN-6")
def test_a_copied_cookie_ends_with_sign_out(
    own_browser: Browser, resource: Resource
) -> None:
    """A session ends with sign-out, a copied cookie too."""
    with closing(own_browser.copy()) as thief:
        assert thief.is_signed_in
        assert thief.get(f"{resource.path}/new").status == 200

        own_browser.get("/").form("/logout").submit()

        assert not thief.is_signed_in
        assert thief.get(f"{resource.path}/new").status in {302, 303}


@pytest.mark.contract("SIGN-3")
def test_signing_out_is_a_post(own_browser: Browser) -> None:
    """`POST /logout` only: a link or a picture signs nobody out."""
    assert own_browser.get("/logout").status in {404, 405}
    assert own_browser.is_signed_in


@pytest.mark.contract("SIGN-1", "ERR-1")
def test_a_bad_cookie_is_no_session(
    new_browser: Callable[..., Browser], browser: Browser
) -> None:
    """An altered session is none, and does no harm."""
    names = {cookie.name: cookie.value or "" for cookie in browser.http.cookies.jar}
    for change in (
        lambda value: value[:-4] + "AAAA",
        lambda value: value[::-1],
        lambda value: "",
        lambda value: "x" * 3000,
        lambda value: '"\\000"',
        lambda value: "eyJhIjoxfQ.AAAA.AAAA",
    ):
        forged = new_browser()
        cookies = "; ".join(f"{name}={change(value)}" for name, value in names.items())
        forged.http.headers["Cookie"] = cookies
        assert not forged.is_signed_in
