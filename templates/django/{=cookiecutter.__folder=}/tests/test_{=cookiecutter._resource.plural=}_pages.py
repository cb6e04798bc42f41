#% set package = cookiecutter.__package
#% set r = cookiecutter._resource
"""The pages of {= r.label_plural =}."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from {= package =}.{= r.plural =} import models
from tests.entries import FORM, keep

URL = "/{= r.url =}"

pytestmark = pytest.mark.django_db


def test_the_start_page_leads_on(client: Client) -> None:
    html = client.get("/").content.decode()

    assert f'href="{URL}"' in html
    assert 'href="/api/docs"' in html


def test_an_empty_list_says_what_to_do(client: Client, browser: Client) -> None:
    assert f"/login?next={URL}/new" in client.get(URL).content.decode()
    assert "Add the first {= r.label =}" in browser.get(URL).content.decode()
    assert "Show all {= r.label_plural =}" in client.get(URL, {"q": "x"}).content.decode()


def test_lists_twenty_a_page(client: Client) -> None:
    ids = [keep(n).pk for n in range(21)]

    first, second = (client.get(f"{URL}?q=&page={n}") for n in (1, 2))

    assert f'{URL}/{ids[20]}"' in first.content.decode()
    assert f'{URL}/{ids[0]}"' not in first.content.decode()
    assert 'rel="next"' in first.content.decode()
    assert f'{URL}/{ids[0]}"' in second.content.decode()
    assert 'rel="prev"' in second.content.decode()


def test_finds_entries_by_their_text(client: Client) -> None:
    keep(1)
    found = keep(2)
    models.{= r.class_name =}.objects.filter(pk=found.pk).update({= r.title_field =}="<Sure>")

    html = client.get(URL, {"q": " <sure> "}).content.decode()

    assert html.count("<li>") == 1
    assert "&lt;Sure&gt;" in html


@pytest.mark.parametrize(
    "query", ["page=0", "page=2", "page=x", "page=%D9%A1", "q=%00"]
)
def test_a_bad_query_is_not_found(client: Client, query: str) -> None:
    assert client.get(f"{URL}?{query}").status_code == 404


def test_shows_every_field(client: Client, browser: Client) -> None:
    path = keep().get_absolute_url()

    html = client.get(path).content.decode()

#% for field in r.fields
    assert "<dt>{= field.label =}</dt>" in html
#% endfor
    assert f"{path}/edit" not in html
    assert f"{path}/edit" in browser.get(path).content.decode()


def test_an_unknown_entry_is_not_found(browser: Client) -> None:
    for path in ("1", "x", "9" * 30, "1/edit", "1/delete"):
        assert browser.get(f"{URL}/{path}").status_code == 404


def test_writing_leads_to_the_login_page(client: Client) -> None:
    path = keep().get_absolute_url()

    for target in (f"{URL}/new", f"{path}/edit", f"{path}/delete"):
        for response in (client.get(target), client.post(target, FORM)):
            assert response.status_code == 302
            assert response["Location"] == f"/login?next={target}"
    assert models.{= r.class_name =}.objects.count() == 1


def test_adds_an_entry(browser: Client) -> None:
    assert browser.get(f"{URL}/new").status_code == 200

    response = browser.post(f"{URL}/new", FORM, follow=True)

    made = models.{= r.class_name =}.objects.get()
    assert response.redirect_chain == [(f"{URL}/{made.pk}", 302)]
    assert "{= r.title =} added." in response.content.decode()


def test_trims_what_is_typed(browser: Client) -> None:
    typed = {name: f"  {value}\t" for name, value in FORM.items()}

    browser.post(f"{URL}/new", typed)

    assert models.{= r.class_name =}.objects.get().{= r.title_field =} == FORM["{= r.title_field =}"]


def test_changes_an_entry(browser: Client) -> None:
    kept = keep()
    path = kept.get_absolute_url()
    assert "Edit" in browser.get(f"{path}/edit").content.decode()

    response = browser.post(f"{path}/edit", FORM, follow=True)

    kept.refresh_from_db()
    assert kept.{= r.title_field =} == FORM["{= r.title_field =}"]
    assert "{= r.title =} saved." in response.content.decode()


def test_deletes_an_entry_after_asking(browser: Client) -> None:
    path = keep().get_absolute_url()
    assert "Delete" in browser.get(f"{path}/delete").content.decode()

    response = browser.post(f"{path}/delete", follow=True)

    assert not models.{= r.class_name =}.objects.exists()
    assert "{= r.title =} deleted." in response.content.decode()
{! set bad = r.fields | selectattr("invalid_form") | list !}


@pytest.mark.parametrize(
    ("name", "text"),
    [
#% for field in bad
        ("{= field.name =}", {= field.invalid_form =}),
#% endfor
    ],
)
def test_shows_a_fault_beside_its_field(browser: Client, name: str, text: str) -> None:
    kept = keep()

    for path in (f"{URL}/new", f"{kept.get_absolute_url()}/edit"):
        response = browser.post(path, FORM | {name: text})

        html = response.content.decode()
        assert response.status_code == 422
        assert f'id="id_{name}_error"' in html
        assert f'aria-describedby="id_{name}_error"' in html
        assert html.count('aria-invalid="true"') == 1
    assert models.{= r.class_name =}.objects.count() == 1
{! if "decimal" in r.types !}


def test_refuses_an_exponent(browser: Client) -> None:
#% for field in r.fields if field.type == "decimal"
    response = browser.post(f"{URL}/new", FORM | {"{= field.name =}": "1e3"})

    assert response.status_code == 422
#% endfor
#% endif
{! if r.unique_fields !}


@pytest.mark.parametrize("name", ["{= r.unique_fields | join('", "') =}"])
def test_a_taken_value_is_a_fault(browser: Client, name: str) -> None:
    browser.post(f"{URL}/new", FORM)

    response = browser.post(f"{URL}/new", FORM)

    assert response.status_code == 422
    assert f'id="id_{name}_error"' in response.content.decode()
{! endif !}


def test_seed_fills_in_entries_once() -> None:
    for expected in ("Added 3", "already"):
        output = StringIO()
        call_command("seed", stdout=output)

        assert expected in output.getvalue()
        assert models.{= r.class_name =}.objects.count() == 3
    for seeded in models.{= r.class_name =}.objects.all():
        seeded.full_clean()
        assert str(seeded)


def test_the_admin_lists_and_adds(admin_client: Client) -> None:
    keep()
    path = "/admin/{= r.plural =}/{= r.class_name | lower =}/"

    assert admin_client.get(path, {"q": "x"}).status_code == 200
    assert admin_client.get(path).status_code == 200
    response = admin_client.post(f"{path}add/", FORM)

    assert response.status_code == 302
    assert models.{= r.class_name =}.objects.count() == 2
