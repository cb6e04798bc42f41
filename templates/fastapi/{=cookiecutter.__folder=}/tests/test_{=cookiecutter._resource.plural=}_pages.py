#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set is_text = resource.title_kind in ("str", "text")
#% set required = resource.fields | rejectattr("optional") | rejectattr("type", "equalto", "bool") | map(attribute="name") | list
#% set typed = resource.title_field if resource.title_field in required else (required or [resource.fields[0].name])[0]
"""The pages of {= resource.label_plural =}: lists, forms, and what a form refuses."""

import html

import pytest
from sqlalchemy.orm import Session

from {= package =}.accounts.models import User
from {= package =}.{= resource.plural =} import service as {= resource.plural =}_service
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
from tests.browser import Browser
from tests.examples import {= resource.constant =}, {= resource.prefix =}FORM, {= resource.prefix =}INVALID_FORM, nth_{= resource.name =}

URL = "/{= resource.url =}"
#% if resource.references
pytestmark = pytest.mark.usefixtures({! for target in resource.parents !}"{= target.plural =}"{= ", " if not loop.last =}{! endfor !})
#% endif
TYPED = html.escape({= resource.prefix =}FORM["{= typed =}"])


def test_adds_an_entry(browser: Browser) -> None:
    """A good form leads to the new entry, and says so once."""
    values = {field: f" {typed} " for field, typed in {= resource.prefix =}FORM.items()}

    response = browser.submit(f"{URL}/new", values)

    assert response.status_code == 303
    location = response.headers["location"]
    page = browser.get(location).text
    assert "{= resource.title =} added." in page
#% if is_text
    assert f"<h1>{TYPED}</h1>" in page
#% else
    assert "<h1>{= resource.title =} of " in page
#% endif
    assert "{= resource.title =} added." not in browser.get(location).text
    added = browser.get(f"/api{location}").json()
    assert {field: added[field] for field in {= resource.constant =}} == {= resource.constant =}
    assert added["owner"] == "ada"


def test_shows_an_entry(visitor: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    """The page has every field, and says whose entry it is."""
    page = visitor.get(f"{URL}/{{= resource.name =}.id}").text

    assert f"<h1>{html.escape({= resource.name =}.{= resource.title_attribute =})}</h1>" in page
    assert "<dd>ada</dd>" in page


def test_edits_an_entry(browser: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    """Saving the form as it comes changes nothing but the time of the change."""
    url, entry_url = f"{URL}/{{= resource.name =}.id}/edit", f"/api{URL}/{{= resource.name =}.id}"
    before = browser.get(entry_url).json()

    response = browser.submit(url)

    after = browser.get(entry_url).json()
    assert response.headers["location"] == f"{URL}/{{= resource.name =}.id}"
    assert after.pop("updated_at") > before.pop("updated_at")
    assert after == before
    browser.submit(url, {= resource.prefix =}FORM)
#% if is_text
    assert browser.get(entry_url).json()["{= resource.title_field =}"] == {= resource.prefix =}FORM["{= resource.title_field =}"]
#% endif
    assert "{= resource.title =} saved." in browser.get(f"{URL}/{{= resource.name =}.id}").text


def test_deletes_an_entry(browser: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    """After a confirmation, the entry is gone."""
    response = browser.submit(f"{URL}/{{= resource.name =}.id}/delete")

    assert response.headers["location"] == URL
    assert "{= resource.title =} deleted." in browser.get(URL).text
    assert browser.get(f"{URL}/{{= resource.name =}.id}").status_code == 404


def test_lists_and_pages(session: Session, user: User, visitor: Browser) -> None:
    """The list shows 20 entries a page, and links to the next and previous pages."""
    for n in range(21):
        data = {= resource.class_name =}In.model_validate(nth_{= resource.name =}(n))
        {= resource.plural =}_service.save_{= resource.name =}(session, data, {= resource.class_name =}(owner_id=user.id))

    first = visitor.get(URL).text
    second = visitor.get(URL, params={"page": 2}).text

    assert first.count("<li>") == 20
    assert second.count("<li>") == 1
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert 'rel="prev"' in second
{! if is_text !}


def test_searches(visitor: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    """The list shows what contains a text; a search without a hit leads back."""
    found = visitor.get(URL, params={"q": f" {{= resource.name =}.{= resource.title_field =}.upper()} "}).text
    lost = visitor.get(URL, params={"q": "nothing <like> this"}).text

    assert f'href="{URL}/{{= resource.name =}.id}"' in found
    assert f'href="{URL}/{{= resource.name =}.id}"' not in lost
    assert "nothing &lt;like&gt; this" in lost
{! endif !}


def test_says_what_to_do_when_empty(visitor: Browser, browser: Browser) -> None:
    """An empty list leads to the form."""
    assert f'href="/login?next={URL}/new"' in visitor.get(URL).text
    assert f'href="{URL}/new">Add' in browser.get(URL).text


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=2", "q=%00", "q=" + "x" * 201]
)
def test_a_bad_page_is_404(visitor: Browser, query: str) -> None:
    """A page or a search that cannot be is 404."""
    assert visitor.get(f"{URL}?{query}").status_code == 404


@pytest.mark.parametrize(("field", "bad"), {= resource.prefix =}INVALID_FORM)
@pytest.mark.parametrize("path", ["new", "edit"])
def test_shows_faults_beside_their_fields(
    browser: Browser, {= resource.name =}: {= resource.class_name =}, path: str, field: str, bad: str
) -> None:
    """A form with a fault comes back with a message, and keeps what was typed."""
    url = f"{URL}/new" if path == "new" else f"{URL}/{{= resource.name =}.id}/edit"

    response = browser.submit(url, {**{= resource.prefix =}FORM, field: bad})

    assert response.status_code == 422
    assert response.text.count('aria-invalid="true"') == 1
    assert f'aria-describedby="{field}-error"' in response.text
    assert f'id="{field}-error"' in response.text
    assert TYPED in response.text or field == "{= typed =}"
{! if required !}


def test_requires_what_is_not_optional(browser: Browser) -> None:
    """White space alone is nothing."""
    response = browser.submit(f"{URL}/new", {**{= resource.prefix =}FORM, "{= typed =}": " "})

    assert response.status_code == 422
    assert "This field is required." in response.text
#% endif
{! if resource.unique_fields !}


def test_a_taken_value_is_told_beside_its_field(
    browser: Browser, {= resource.name =}: {= resource.class_name =}
) -> None:
    """The form comes back with a message."""
    browser.submit(f"{URL}/new", {= resource.prefix =}FORM)

    for path in ("new", f"{{= resource.name =}.id}/edit"):
        response = browser.submit(f"{URL}/{path}", {= resource.prefix =}FORM)

        assert response.status_code == 422
        assert "This value is taken." in response.text
        assert 'id="{= resource.unique_fields[0] =}-error"' in response.text


def test_a_value_taken_at_the_same_time_is_told_too(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database has the last word, and the page still knows who is signed in."""
    browser.submit(f"{URL}/new", {= resource.prefix =}FORM)
    check = {= resource.plural =}_service.check_unique
    checks = iter([lambda *_: None, check])
    monkeypatch.setattr(
        {= resource.plural =}_service, "check_unique", lambda *given: next(checks)(*given)
    )

    response = browser.submit(f"{URL}/new", {= resource.prefix =}FORM)

    assert response.status_code == 422
    assert "This value is taken." in response.text
    assert "Sign out" in response.text
{! endif !}
{! if is_text !}


def test_escapes_html(browser: Browser) -> None:
    """Text is shown, never run."""
    values = {**{= resource.prefix =}FORM, "{= resource.title_field =}": "<script>alert(1)</script>"}

    page = browser.get(browser.submit(f"{URL}/new", values).headers["location"]).text

    assert "&lt;script&gt;" in page
    assert "<script>" not in page
{! endif !}


@pytest.mark.parametrize("path", ["new", "{id}/edit", "{id}/delete"])
def test_writing_needs_an_account(visitor: Browser, {= resource.name =}: {= resource.class_name =}, path: str) -> None:
    """Pages that write send visitors to sign in, and back."""
    url = f"{URL}/{path.format(id={= resource.name =}.id)}"
    response = visitor.get(url)

    assert response.status_code == 303
    assert response.headers["location"].startswith("/login?next=%2F")
    visitor.submit("/login")
    assert visitor.submit(url).status_code in (303, 403)
    assert visitor.get(f"{URL}/{{= resource.name =}.id}").status_code == 200


def test_only_the_owner_changes(stranger: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    """Others get a page that says so."""
    for path in ("edit", "delete"):
        response = stranger.get(f"{URL}/{{= resource.name =}.id}/{path}")

        assert response.status_code == 403
        assert "Only its owner may change or delete this" in response.text
        assert stranger.submit(f"{URL}/{{= resource.name =}.id}/{path}").status_code == 403
    assert stranger.get(f"{URL}/{{= resource.name =}.id}").status_code == 200


def test_only_the_owner_sees_links_to_write(
    browser: Browser, stranger: Browser, visitor: Browser, {= resource.name =}: {= resource.class_name =}
) -> None:
    """A button that refuses is no button."""
    url = f"{URL}/{{= resource.name =}.id}"

    assert f'href="{url}/edit"' in browser.get(url).text
    for other in (stranger, visitor):
        assert f"{url}/edit" not in other.get(url).text
        assert f"{url}/delete" not in other.get(url).text


@pytest.mark.parametrize("id_", ["2147483647", "0", "x", "2147483648"])
def test_what_is_gone_is_404(browser: Browser, id_: str) -> None:
    """An address of nothing says so, and who is signed in."""
    for path in (id_, f"{id_}/edit", f"{id_}/delete"):
        response = browser.get(f"{URL}/{path}")

        assert response.status_code == 404
        assert "Sign out" in response.text
