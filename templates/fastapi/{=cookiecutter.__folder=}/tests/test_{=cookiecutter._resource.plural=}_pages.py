#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The pages of {= resource.label_plural =}: lists, forms, and what a form refuses."""

import html

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
from {= package =}.{= resource.plural =}.service import save_{= resource.name =}
from tests.browser import Browser
from tests.examples import {= resource.constant =}, FORM, INVALID_FORM, OTHER_{= resource.constant =}, nth_{= resource.name =}

URL = "/{= resource.url =}"
TITLE = html.escape(FORM["{= resource.title_field =}"])


@pytest.fixture
def {= resource.name =}(session: Session) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =} that is there already."""
    return save_{= resource.name =}(session, {= resource.class_name =}In.model_validate(OTHER_{= resource.constant =}))


def test_home_says_what_this_is(client: TestClient) -> None:
    """The start page leads on."""
    page = client.get("/").text

    assert f'href="{URL}"' in page
    assert 'href="/api/docs"' in page


def test_an_empty_list_helps(visitor: Browser) -> None:
    """Without {= resource.label_plural =}, the list says what to do."""
    assert f"/login?next={URL}/new" in visitor.get(URL).text
    assert "q=" not in visitor.get(URL, params={"q": "nothing"}).text


def test_lists_in_pages_and_keeps_the_search(
    session: Session, visitor: Browser
) -> None:
    """The list shows 20 entries a page, and links to the next and previous pages."""
    for n in range(21):
        save_{= resource.name =}(session, {= resource.class_name =}In.model_validate(nth_{= resource.name =}(n)))

    first = visitor.get(URL, params={"q": " "}).text
    second = visitor.get(URL, params={"page": 2}).text

    assert first.count("<li>") == 20
    assert second.count("<li>") == 1
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert 'rel="prev"' in second
    assert visitor.get(URL, params={"page": 3}).status_code == 404


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=2", "q=%00", "q=" + "x" * 201]
)
def test_no_such_list(visitor: Browser, query: str) -> None:
    """A page or a search that cannot be is 404."""
    assert visitor.get(f"{URL}?{query}").status_code == 404


def test_adds_{= resource.article =}_{= resource.name =}(browser: Browser) -> None:
    """A good form leads to the new entry, and says so once."""
    values = {name: f" {value} " for name, value in FORM.items()}

    response = browser.submit(f"{URL}/new", values)

    assert response.status_code == 303
    location = response.headers["location"]
    page = browser.get(location).text
    assert "{= resource.title =} added." in page
    assert f"<h1>{TITLE}</h1>" in page
    assert "{= resource.title =} added." not in browser.get(location).text
    entry = browser.get(f"/api{location}").json()
    assert {name: entry[name] for name in {= resource.constant =}} == {= resource.constant =}


def test_the_edit_form_keeps_every_value(browser: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    """Saving the form as it comes changes nothing but the time of the change."""
    url, entry_url = f"{URL}/{{= resource.name =}.id}/edit", f"/api{URL}/{{= resource.name =}.id}"
    before = browser.get(entry_url).json()

    response = browser.submit(url)

    after = browser.get(entry_url).json()
    assert response.headers["location"] == f"{URL}/{{= resource.name =}.id}"
    assert after.pop("updated_at") > before.pop("updated_at")
    assert after == before


def test_deletes_{= resource.article =}_{= resource.name =}(browser: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    """After a confirmation, the entry is gone."""
    response = browser.submit(f"{URL}/{{= resource.name =}.id}/delete")

    assert response.headers["location"] == URL
    assert "{= resource.title =} deleted." in browser.get(URL).text
    assert browser.get(f"{URL}/{{= resource.name =}.id}").status_code == 404


@pytest.mark.parametrize(("field", "value"), INVALID_FORM)
@pytest.mark.parametrize("path", ["new", "edit"])
def test_shows_faults_beside_their_fields(
    browser: Browser, {= resource.name =}: {= resource.class_name =}, path: str, field: str, value: str
) -> None:
    """A form with a fault comes back with a message, and keeps what was typed."""
    url = f"{URL}/new" if path == "new" else f"{URL}/{{= resource.name =}.id}/edit"

    response = browser.submit(url, {**FORM, field: value})

    assert response.status_code == 422
    assert response.text.count('aria-invalid="true"') == 1
    assert f'aria-describedby="{field}-error"' in response.text
    assert f'id="{field}-error"' in response.text
    assert TITLE in response.text or field == "{= resource.title_field =}"


def test_requires_what_is_not_optional(browser: Browser) -> None:
    """White space alone is nothing."""
    response = browser.submit(f"{URL}/new", {**FORM, "{= resource.title_field =}": " "})

    assert response.status_code == 422
    assert "This field is required." in response.text


def test_escapes_html(browser: Browser) -> None:
    """Text is shown, never run."""
    values = {**FORM, "{= resource.title_field =}": "<script>alert(1)</script>"}

    page = browser.get(browser.submit(f"{URL}/new", values).headers["location"]).text

    assert "&lt;script&gt;" in page
    assert "<script>" not in page
#% if resource.unique_fields


def test_shows_what_is_taken(browser: Browser) -> None:
    """A taken value comes back with a message beside its field."""
    browser.submit(f"{URL}/new", FORM)

    response = browser.submit(f"{URL}/new", FORM)

    assert response.status_code == 422
    assert "This is taken." in response.text
    assert 'id="{= resource.unique_fields[0] =}-error"' in response.text
{! endif !}


@pytest.mark.parametrize("path", ["new", "1/edit", "1/delete"])
def test_writing_needs_an_account(visitor: Browser, path: str) -> None:
    """Pages that write send visitors to sign in, and back."""
    for response in (visitor.get(f"{URL}/{path}"), visitor.post(f"{URL}/{path}")):
        assert response.status_code == 303
        assert response.headers["location"].startswith("/login?next=%2F")


def test_visitors_see_no_links_to_write(visitor: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    """Links to edit and delete are for those signed in."""
    page = visitor.get(f"{URL}/{{= resource.name =}.id}").text

    assert "/edit" not in page
    assert "/delete" not in page
