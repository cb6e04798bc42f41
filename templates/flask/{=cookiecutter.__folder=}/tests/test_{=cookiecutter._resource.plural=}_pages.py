#% set resource = cookiecutter._resource
"""The pages of {= resource.label_plural =}."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from {= cookiecutter.__package =}.{= resource.plural =} import service
from {= cookiecutter.__package =}.{= resource.plural =}.schemas import {= resource.class_name =}Form
from {= cookiecutter.__package =}.database import get_session

from .conftest import Submit
from .examples import FORM, INVALID_FORM, OTHER_FORM, REQUIRED_FIELDS, TITLE_FIELD

SHOWN = str(escape(FORM[TITLE_FIELD]))
OTHER_SHOWN = str(escape(OTHER_FORM[TITLE_FIELD]))


@pytest.fixture
def saved_{= resource.name =}(app: Flask) -> None:
    """Add {= resource.article =} {= resource.label =}."""
    with app.app_context():
        service.save_{= resource.name =}(get_session(), {= resource.class_name =}Form.model_validate(FORM))


def test_an_empty_list_says_what_to_do(client: FlaskClient) -> None:
    page = client.get("/{= resource.url =}")

    assert page.status_code == 200
    assert "Sign in to add the first {= resource.label =}" in page.text


@pytest.mark.usefixtures("saved_{= resource.name =}")
def test_lists_{= resource.plural =}(client: FlaskClient) -> None:
    page = client.get("/{= resource.url =}", query_string={"q": FORM[TITLE_FIELD].lower()})

    assert 'href="/{= resource.url =}/1"' in page.text
    assert SHOWN in page.text


@pytest.mark.parametrize("query", ["page=0", "page=2", "page=x", "q=" + "x" * 201])
def test_answers_404_for_pages_that_are_not_there(
    client: FlaskClient, query: str
) -> None:
    assert client.get(f"/{= resource.url =}?{query}").status_code == 404


@pytest.mark.usefixtures("saved_{= resource.name =}")
def test_shows_{= resource.article =}_{= resource.name =}(client: FlaskClient) -> None:
    page = client.get("/{= resource.url =}/1")

    assert SHOWN in page.text
    assert "/{= resource.url =}/1/edit" not in page.text


@pytest.mark.usefixtures("saved_{= resource.name =}")
def test_shows_links_to_write_to_those_signed_in(signed_in: FlaskClient) -> None:
    page = signed_in.get("/{= resource.url =}/1")

    assert "/{= resource.url =}/1/edit" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("saved_{= resource.name =}")
@pytest.mark.parametrize("path", ["/{= resource.url =}/new", "/{= resource.url =}/1/edit", "/{= resource.url =}/1/delete"])
def test_writing_needs_an_account(
    client: FlaskClient, submit: Submit, path: str
) -> None:
    for response in (client.get(path), submit(path, OTHER_FORM)):
        assert response.status_code == 302
        assert response.location == f"/login?next={path}"
    assert SHOWN in client.get("/{= resource.url =}/1").text


@pytest.mark.usefixtures("signed_in")
def test_adds_{= resource.article =}_{= resource.name =}(client: FlaskClient, submit: Submit) -> None:
    form = client.get("/{= resource.url =}/new")
    page = submit("/{= resource.url =}/new", FORM, follow_redirects=True)

    assert "New {= resource.label =}" in form.text
    assert page.request.path == "/{= resource.url =}/1"
    assert SHOWN in page.text
    assert "{= resource.title =} added." in page.text
    assert "{= resource.title =} added." not in client.get("/{= resource.url =}/1").text


@pytest.mark.usefixtures("signed_in", "saved_{= resource.name =}")
def test_changes_{= resource.article =}_{= resource.name =}(client: FlaskClient, submit: Submit) -> None:
    form = client.get("/{= resource.url =}/1/edit")
    page = submit("/{= resource.url =}/1/edit", OTHER_FORM, follow_redirects=True)

    assert SHOWN in form.text
    assert page.request.path == "/{= resource.url =}/1"
    assert OTHER_SHOWN in page.text
    assert "{= resource.title =} saved." in page.text


@pytest.mark.usefixtures("signed_in", "saved_{= resource.name =}")
@pytest.mark.parametrize("path", ["/{= resource.url =}/new", "/{= resource.url =}/1/edit"])
@pytest.mark.parametrize("field", INVALID_FORM)
def test_shows_a_fault_beside_its_field(
    client: FlaskClient, submit: Submit, path: str, field: str
) -> None:
    page = submit(path, FORM | {field: INVALID_FORM[field]})

    assert page.status_code == 422
    assert page.text.count('aria-invalid="true"') == 1
    assert f'aria-describedby="{field}-error"' in page.text
    assert f'id="{field}-error"' in page.text
    assert "/{= resource.url =}/2" not in client.get("/{= resource.url =}").text


#% if resource.unique_fields
@pytest.mark.usefixtures("signed_in", "saved_{= resource.name =}")
@pytest.mark.parametrize("field", {= resource.unique_fields | tojson =})
def test_shows_beside_its_field_that_a_value_is_taken(submit: Submit, field: str) -> None:
    submit("/{= resource.url =}/new", OTHER_FORM)
    page = submit("/{= resource.url =}/2/edit", OTHER_FORM | {field: FORM[field]})

    assert page.status_code == 422
    assert f"has this {field}." in page.text
    assert f'id="{field}-error"' in page.text


#% endif
@pytest.mark.usefixtures("signed_in")
def test_keeps_what_was_typed(submit: Submit) -> None:
    page = submit("/{= resource.url =}/new", FORM | {TITLE_FIELD: "x" * 201})

    assert "x" * 201 in page.text


@pytest.mark.usefixtures("signed_in")
def test_trims_texts(client: FlaskClient, submit: Submit) -> None:
    submit("/{= resource.url =}/new", FORM | {TITLE_FIELD: f"  {FORM[TITLE_FIELD]}  "})

    assert client.get("/api/{= resource.url =}/1").get_json()[TITLE_FIELD] == FORM[TITLE_FIELD]


@pytest.mark.usefixtures("signed_in")
def test_takes_blanks_for_nothing(submit: Submit) -> None:
    page = submit("/{= resource.url =}/new", dict.fromkeys(FORM, "  "))

    assert page.text.count("This field is required.") == len(REQUIRED_FIELDS)


@pytest.mark.usefixtures("signed_in", "saved_{= resource.name =}")
def test_deletes_{= resource.article =}_{= resource.name =}_once_confirmed(client: FlaskClient, submit: Submit) -> None:
    question = client.get("/{= resource.url =}/1/delete")
    page = submit("/{= resource.url =}/1/delete", follow_redirects=True)

    assert "This cannot be undone" in question.text
    assert page.request.path == "/{= resource.url =}"
    assert "{= resource.title =} deleted." in page.text
    assert client.get("/{= resource.url =}/1").status_code == 404


@pytest.mark.usefixtures("signed_in", "saved_{= resource.name =}")
@pytest.mark.parametrize("path", ["/{= resource.url =}/new", "/{= resource.url =}/1/edit", "/{= resource.url =}/1/delete"])
def test_head_changes_nothing(client: FlaskClient, path: str) -> None:
    assert client.head(path).status_code == 200
    assert client.get("/{= resource.url =}/1").status_code == 200


def test_seeds_an_empty_database_once(app: Flask) -> None:
    runner = app.test_cli_runner()
    first = runner.invoke(args=["seed"])
    again = runner.invoke(args=["seed"])

    assert first.output == "{= resource.title_plural =} added: 3.\n"
    assert again.output == "{= resource.title_plural =} added: 0.\n"
    assert app.test_client().get("/api/{= resource.url =}").get_json()["total"] == 3
