"""Pages: making an account. The server runs with `ALLOW_SIGNUP=true`."""

import pytest

from .client import Browser, Page, ask, kind, short, text_of
from .conftest import Account, Server
from .resource import Resource, word

GOOD = "seven green horses"


def assert_refused_beside(page: Page, control: str) -> None:
    """Check that the form came back, with a message beside this sort of control."""
    assert page.status == 422, page.status
    form = page.form("/signup")
    told = set()
    for name, element in form.visible.items():
        if kind(element) == "password":
            assert not form.values.get(name), "a password is never sent back"
        if element.attrs.get("aria-invalid") == "true":
            named = (element.attrs.get("aria-describedby") or "").split()
            assert any(text_of(page.one(f'[id="{id_}"]')) for id_ in named), name
            told.add("password" if kind(element) == "password" else name)
    assert told == {control}


@pytest.mark.contract("SIGN-4", "PAGE-1")
def test_the_form_asks_for_name_and_password(visitor: Browser) -> None:
    """`GET /signup`: a form with a user name and a password, which is a new one."""
    form = visitor.get("/signup").form("/signup")

    kinds = [kind(control) for control in form.visible.values()]
    assert next(iter(form.visible)) == "username"
    assert set(kinds[1:]) == {"password"}
    assert form.controls["username"].attrs["autocomplete"] == "username"
    for control in list(form.visible.values())[1:]:
        assert control.attrs["autocomplete"] == "new-password"


@pytest.mark.contract("SIGN-4", "PAGE-8")
@pytest.mark.needs("api")
def test_signing_up_makes_an_account_and_signs_it_in(
    visitor: Browser, server: Server, resource: Resource
) -> None:
    """`POST /signup` makes an account and signs it in, to `/`."""
    name = word()

    page = visitor.sign_up(name, GOOD)

    assert page.is_redirect_to("/")
    assert page.follow().message
    assert visitor.get("/").message == ""
    assert visitor.is_signed_in
    assert visitor.get(f"{resource.path}/new").status == 200
    assert server.token(Account(username=name, password=GOOD))


@pytest.mark.contract("SIGN-4", "SIGN-1")
def test_signing_up_starts_a_new_session(visitor: Browser) -> None:
    """The session before it stays a visitor's."""
    visitor.get("/signup")
    before = visitor.copy()

    visitor.sign_up(word(), GOOD)

    assert visitor.is_signed_in
    assert not before.is_signed_in
    before.close()


@pytest.mark.contract("SIGN-5", "PAGE-4")
@pytest.mark.needs("api")
@pytest.mark.parametrize(
    "password",
    ["", " ", "seven77", " " * 12, "password1", "password", "12345678", "{name}"],
    ids=short,
)
def test_a_bad_password_is_refused(
    visitor: Browser, server: Server, password: str
) -> None:
    """8 characters or more; not blank, the user name, or what everybody knows."""
    name = word()
    password = password.format(name=name)

    page = visitor.try_to_sign_up(name, password)

    assert_refused_beside(page, "password")
    assert page.form("/signup").values["username"] == name
    assert not visitor.is_signed_in
    account = {"username": name, "password": password}
    response = ask("POST", f"{server.base_url}/api/token", data=account)
    assert response.status_code in {401, 422}


@pytest.mark.contract("SIGN-5", "TYPE-8")
@pytest.mark.parametrize("name", ["", "   ", "a" * 151, "a\0b"], ids=short)
def test_a_bad_name_is_refused(visitor: Browser, name: str) -> None:
    """A user name has 1 to 150 characters, none of them NUL."""
    assert_refused_beside(visitor.try_to_sign_up(name, GOOD), "username")
    assert not visitor.is_signed_in


@pytest.mark.contract("SIGN-5")
@pytest.mark.parametrize("password", ["a\0b\0c\0d\0e", "\0" * 9], ids=short)
def test_a_password_with_nul_does_no_harm(visitor: Browser, password: str) -> None:
    """No input gives a 5xx."""
    assert visitor.try_to_sign_up(word(), password).status in {302, 303, 400, 422}


@pytest.mark.contract("SIGN-5")
@pytest.mark.needs("api")
def test_long_passwords_are_good(visitor: Browser, server: Server) -> None:
    """A password has 8 characters or more, of any kind, and counts to its end."""
    account = Account(username=word(), password="\N{HORSE} ü" * 40)

    visitor.sign_up(account.username, account.password)

    assert server.token(account)
    wrong = {"username": account.username, "password": account.password[:-1]}
    response = ask("POST", f"{server.base_url}/api/token", data=wrong)
    assert response.status_code == 401


@pytest.mark.contract("SIGN-5", "PAGE-5")
def test_a_taken_name_is_refused(visitor: Browser, account: Account) -> None:
    """A name that is taken is told beside it; a name is trimmed before."""
    for name in (account.username, f"  {account.username} "):
        page = visitor.try_to_sign_up(name, GOOD)

        assert_refused_beside(page, "username")
    assert not visitor.is_signed_in


@pytest.mark.contract("SIGN-5")
@pytest.mark.needs("api")
def test_a_name_is_trimmed_and_exact_about_case(
    visitor: Browser, server: Server
) -> None:
    """A user name is trimmed, and is exact about case."""
    name = word()

    visitor.sign_up(f"  {name} ", GOOD)

    assert server.token(Account(username=name, password=GOOD))
    other = {"username": name.upper(), "password": GOOD}
    response = ask("POST", f"{server.base_url}/api/token", data=other)
    assert response.status_code == 401


@pytest.mark.contract("SIGN-4", "PAGE-6")
def test_a_post_needs_its_token(visitor: Browser) -> None:
    """Every form that posts carries a CSRF token; without it, 403: `/signup` too."""
    form = visitor.get("/signup").form("/signup")
    passwords = {n: GOOD for n, c in form.visible.items() if kind(c) == "password"}
    account = {"username": word()} | passwords

    assert any(len(token) >= 16 for token in form.tokens.values())
    assert visitor.post("/signup", account).status == 403
    assert not visitor.is_signed_in
    assert form.submit(account).status in {302, 303}
