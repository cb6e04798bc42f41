#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set is_text = resource.title_kind in ("str", "text")
#% set required = resource.fields | rejectattr("optional") | rejectattr("type", "equalto", "bool") | map(attribute="name") | list
"""The pages of {= resource.label_plural =}."""

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from markupsafe import escape
from sqlalchemy.orm import Session

from {= package =}.accounts.models import User
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.schemas import {= resource.class_name =}In
{! if resource.unique_fields or not is_text !}
from {= package =}.forms import form_values
{! endif !}

from .browser import Browser
from .examples import {= resource.constant =}, {= resource.prefix =}FORM, {= resource.prefix =}INVALID_FORM, LEAST_{= resource.constant =}, OTHER_{= resource.constant =}, nth_{= resource.name =}

#% if is_text
TITLE = str(escape({= resource.constant =}["{= resource.title_field =}"]))
OTHER_TITLE = str(OTHER_{= resource.constant =}["{= resource.title_field =}"])
#% else
TITLE = "{= resource.title =} of "
#% endif
#% if resource.references

pytestmark = pytest.mark.usefixtures({! for target in resource.parents !}"{= target.plural =}"{= ", " if not loop.last =}{! endfor !})
{! endif !}


def test_adds_an_entry(browser: Browser, client: FlaskClient) -> None:
    page = browser.submit("/{= resource.url =}/new", {= resource.prefix =}FORM, follow_redirects=True)

    assert "{= resource.title =} added." in page.text
    assert TITLE in page.text
    assert "{= resource.title =} added." not in browser.get(page.request.path).text
    shown = client.get(f"/api{page.request.path}").get_json()
    assert shown.items() >= {**{= resource.constant =}, "owner": "ada"}.items()


def test_shows_an_entry(visitor: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    page = visitor.get(f"/{= resource.url =}/{{= resource.name =}.id}")

    assert page.status_code == 200
    assert TITLE in page.text
    assert "ada" in page.text


def test_edits_an_entry(browser: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    path = f"/{= resource.url =}/{{= resource.name =}.id}"
#% if is_text
    form = browser.get(f"{path}/edit")
    values = {= resource.prefix =}FORM | {"{= resource.title_field =}": f"  {OTHER_TITLE}  "}
#% else
    values = form_values({= resource.class_name =}In.model_validate(OTHER_{= resource.constant =}), {= resource.class_name =}In)
#% endif
    page = browser.submit(f"{path}/edit", values, follow_redirects=True)

#% if is_text
    assert TITLE in form.text
#% endif
    assert page.request.path == path
    assert "{= resource.title =} saved." in page.text
    shown = browser.get(f"/api{path}").get_json()
#% if is_text
    assert shown["{= resource.title_field =}"] == OTHER_TITLE
#% else
    assert shown.items() >= OTHER_{= resource.constant =}.items()
{! endif !}


def test_deletes_an_entry(browser: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    path = f"/{= resource.url =}/{{= resource.name =}.id}"
    asked = browser.get(f"{path}/delete")
    page = browser.submit(f"{path}/delete", follow_redirects=True)

    assert "This cannot be undone" in asked.text
    assert page.request.path == "/{= resource.url =}"
    assert "{= resource.title =} deleted." in page.text
    assert browser.get(path).status_code == 404


def test_lists_and_pages(visitor: Browser, session: Session, user: User) -> None:
    for n in range(21):
        data = {= resource.class_name =}In.model_validate(nth_{= resource.name =}(n))
        session.add({= resource.class_name =}(owner=user, **data.model_dump()))
    session.commit()
    first, second = visitor.get("/{= resource.url =}?q="), visitor.get("/{= resource.url =}?page=2")

    assert 'rel="next" href="?q=&amp;page=2"' in first.text
    assert 'rel="prev"' not in first.text
    assert 'rel="prev" href="?q=&amp;page=1"' in second.text
    assert 'rel="next"' not in second.text


{! if is_text !}
@pytest.mark.usefixtures("{= resource.name =}")
def test_searches(visitor: Browser) -> None:
    query = str({= resource.constant =}["{= resource.title_field =}"]).lower()
    found = visitor.get("/{= resource.url =}", query_string={"q": query})
    missed = visitor.get("/{= resource.url =}?q=no+such+text")

    assert TITLE in found.text
    assert TITLE not in missed.text
    assert "Show all {= resource.label_plural =}" in missed.text


{! endif !}
def test_says_what_to_do_when_empty(visitor: Browser, browser: Browser) -> None:
    assert "Sign in to add the first {= resource.label =}" in visitor.get("/{= resource.url =}").text
    assert "Add the first {= resource.label =}" in browser.get("/{= resource.url =}").text


@pytest.mark.parametrize("query", ["page=0", "page=2", "page=x", "q=" + "x" * 201])
def test_a_bad_page_is_404(visitor: Browser, query: str) -> None:
    assert visitor.get(f"/{= resource.url =}?{query}").status_code == 404


@pytest.mark.parametrize("path", ["new", "edit"])
@pytest.mark.parametrize(("field", "value"), {= resource.prefix =}INVALID_FORM)
def test_shows_faults_beside_their_fields(
    browser: Browser, {= resource.name =}: {= resource.class_name =}, path: str, field: str, value: str
) -> None:
    path = f"/{= resource.url =}/{{= resource.name =}.id}/edit" if path == "edit" else "/{= resource.url =}/new"
    page = browser.submit(path, {= resource.prefix =}FORM | {field: value})

    assert page.status_code == 422
    assert page.text.count('aria-invalid="true"') == 1
    assert f'aria-describedby="{field}-error"' in page.text
    assert f'id="{field}-error"' in page.text
    assert browser.get("/api/{= resource.url =}").get_json()["total"] == 1


{! if required !}
def test_requires_what_is_not_optional(browser: Browser) -> None:
    page = browser.submit("/{= resource.url =}/new", dict.fromkeys({= resource.prefix =}FORM, "  "))

    assert page.status_code == 422
    assert page.text.count("This field is required.") == len(LEAST_{= resource.constant =})


{! endif !}
{! if resource.unique_fields !}
@pytest.mark.parametrize("field", {= resource.unique_fields | tojson =})
def test_a_taken_value_is_told_beside_its_field(
    browser: Browser, session: Session, {= resource.name =}: {= resource.class_name =}, user: User, field: str
) -> None:
    data = {= resource.class_name =}In.model_validate(OTHER_{= resource.constant =})
    other = {= resource.class_name =}(owner=user, **data.model_dump())
    session.add(other)
    session.commit()
    values = form_values({= resource.class_name =}In.model_validate(nth_{= resource.name =}(3)), {= resource.class_name =}In) | {field: {= resource.prefix =}FORM[field]}
    for path in ("/{= resource.url =}/new", f"/{= resource.url =}/{other.id}/edit"):
        page = browser.submit(path, values)

        assert page.status_code == 422
        assert f"The value of {field} is taken." in page.text
        assert f'id="{field}-error"' in page.text


{! endif !}
{! if is_text !}
def test_escapes_html(browser: Browser) -> None:
    values = {= resource.prefix =}FORM | {"{= resource.title_field =}": "<script>alert(1)</script>"}
    page = browser.submit("/{= resource.url =}/new", values, follow_redirects=True)

    assert page.status_code == 200
    assert "&lt;script&gt;" in page.text
    assert "<script>" not in page.text


{! endif !}
@pytest.mark.parametrize("what_to_do", ["new", "edit", "delete"])
def test_writing_needs_an_account(
    visitor: Browser, {= resource.name =}: {= resource.class_name =}, what_to_do: str
) -> None:
    path = "/{= resource.url =}/new" if what_to_do == "new" else f"/{= resource.url =}/{{= resource.name =}.id}/{what_to_do}"
    for response in (visitor.get(path), visitor.submit(path, {= resource.prefix =}FORM, page="/login")):
        assert response.status_code == 302
        assert response.location == f"/login?next={path}"
    assert visitor.get("/api/{= resource.url =}").get_json()["total"] == 1


@pytest.mark.parametrize("what_to_do", ["edit", "delete"])
def test_only_the_owner_changes(stranger: Browser, {= resource.name =}: {= resource.class_name =}, what_to_do: str) -> None:
    path = f"/{= resource.url =}/{{= resource.name =}.id}"
    for page in (
        stranger.get(f"{path}/{what_to_do}"),
        stranger.submit(f"{path}/{what_to_do}", {= resource.prefix =}FORM, page="/"),
    ):
        assert page.status_code == 403
        assert "Only its owner may" in page.text
        assert "Sign out" in page.text
    assert stranger.get(f"/api{path}").get_json().items() >= {= resource.constant =}.items()


def test_only_the_owner_sees_links_to_write(
    visitor: Browser, stranger: Browser, browser: Browser, {= resource.name =}: {= resource.class_name =}
) -> None:
    path = f"/{= resource.url =}/{{= resource.name =}.id}"

    assert f"{path}/edit" in browser.get(path).text
    assert f"{path}/edit" not in stranger.get(path).text
    assert f"{path}/delete" not in visitor.get(path).text


@pytest.mark.parametrize("path", ["7", "7/edit", "7/delete", "x", "2147483648"])
def test_what_is_gone_is_404(browser: Browser, path: str) -> None:
    page = browser.get(f"/{= resource.url =}/{path}")

    assert page.status_code == 404
    assert "Go to the start page" in page.text
    assert "Sign out" in page.text


def test_what_goes_meanwhile_is_404(
    browser: Browser, session: Session, {= resource.name =}: {= resource.class_name =}
) -> None:
    path = f"/{= resource.url =}/{{= resource.name =}.id}/edit"

    def delete_first(*_arguments: object) -> None:
        session.delete({= resource.name =})
        session.commit()

    sa.event.listen(Session, "before_flush", delete_first, once=True)
    page = browser.submit(path, {= resource.prefix =}FORM)

    assert page.status_code == 404
    assert "Sign out" in page.text
