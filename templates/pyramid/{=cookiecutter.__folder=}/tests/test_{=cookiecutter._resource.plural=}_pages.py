#% set resource = cookiecutter._resource
"""The pages of {= resource.label_plural =}."""

import pytest
from webtest import TestApp

from tests.conftest import FORM, OTHER_FORM, fill, make_values


def add(browser: TestApp, values: dict[str, str]) -> str:
    """Add {= resource.article =} {= resource.label =} through its form, and return its path."""
    form = browser.get("/{= resource.url =}/new").forms[1]
    fill(form, values)
    location: str = form.submit(status=303).location
    return location.removeprefix("http://localhost")


def test_an_empty_list_says_what_to_do(client: TestApp) -> None:
    """Without entries there is a way to the first."""
    page = client.get("/{= resource.url =}")

    assert "No {= resource.label_plural =} yet" in page
    assert "/{= resource.url =}/new" in page


def test_adds_an_entry(browser: TestApp) -> None:
    """The form adds an entry, and the list shows it."""
    path = add(browser, FORM)
    page = browser.get(path)

    assert "{= resource.title =} added." in page
    assert FORM["{= resource.title_field =}"] in page
    assert path in browser.get("/{= resource.url =}")
    assert "{= resource.title =} added." not in browser.get(path)


def test_trims_text(browser: TestApp) -> None:
    """White space around a text is left out."""
    path = add(browser, {**FORM, "{= resource.title_field =}": f"  {FORM['{= resource.title_field =}']} "})

    assert browser.get(f"{path}/edit").forms[1]["{= resource.title_field =}"].value == FORM["{= resource.title_field =}"]


def test_edits_an_entry(browser: TestApp) -> None:
    """The edit form is filled in, and saves."""
    path = add(browser, FORM)
    form = browser.get(f"{path}/edit").forms[1]
    assert form["{= resource.title_field =}"].value == FORM["{= resource.title_field =}"]
    fill(form, OTHER_FORM)
    page = form.submit(status=303).follow()

    assert "{= resource.title =} saved." in page
    assert OTHER_FORM["{= resource.title_field =}"] in page


def test_deletes_an_entry(browser: TestApp) -> None:
    """Deleting asks first."""
    path = add(browser, FORM)
    page = browser.get(f"{path}/delete").forms[1].submit(status=303).follow()

    assert "{= resource.title =} deleted." in page
    browser.get(path, status=404)


@pytest.mark.parametrize(
    ("field", "value"),
    [
#% for field in resource.fields
#% if not field.optional and field.type != "bool"
        ("{= field.name =}", ""),
#% endif
#% if field.invalid_form
        ("{= field.name =}", {= field.invalid_form =}),
#% endif
#% endfor
    ],
)
def test_says_what_is_wrong(browser: TestApp, field: str, value: str) -> None:
    """A bad value comes back with a message beside it, in both forms."""
    path = add(browser, FORM)
    for url in ("/{= resource.url =}/new", f"{path}/edit"):
        form = browser.get(url).forms[1]
        fill(form, OTHER_FORM)
        form[field].force_value(value)
        page = form.submit(status=422)

        control = page.html.find(id=field)
        assert control["aria-invalid"] == "true"
        assert page.html.find(id=control["aria-describedby"]).text
        assert control.name == "select" or page.forms[1][field].value == value


def test_searches_in_pages(browser: TestApp, api: TestApp) -> None:
    """The search keeps its text from page to page."""
    for n in range(21):
        api.post_json("/api/{= resource.url =}", make_values(n))
    first = browser.get("/{= resource.url =}", {"q": FORM["{= resource.title_field =}"]})
    second = first.click("Older")

    assert "Page 2 of 2" in second
    assert second.forms[1]["q"].value == FORM["{= resource.title_field =}"]
    assert "Newer" in second
    assert "No {= resource.label =} matches" in browser.get("/{= resource.url =}", {"q": "nothing like it"})


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=2", "q=%00", "q=%FF"])
def test_a_page_that_is_none_is_404(client: TestApp, query: str) -> None:
    """A malformed page, or one past the end, is 404."""
    client.get(f"/{= resource.url =}?{query}", status=404)


@pytest.mark.parametrize("path", ["/{= resource.url =}/new", "/{= resource.url =}/1/edit", "/{= resource.url =}/1/delete"])
def test_writing_needs_an_account(client: TestApp, api: TestApp, path: str) -> None:
    """Those not signed in are sent to sign in first."""
    entry = api.post_json("/api/{= resource.url =}", make_values(1)).json
    path = path.replace("1", str(entry["id"]))
    response = client.get(path, status=303)

    assert response.location.endswith(f"/login?next={path.replace('/', '%2F')}")


def test_other_methods_are_405(client: TestApp) -> None:
    """A page says which methods it takes."""
    assert client.delete("/{= resource.url =}", status=405).headers["Allow"] == "GET, HEAD"
#% if resource.unique_fields


@pytest.mark.parametrize("field", [{! for name in resource.unique_fields !}"{= name =}"{= ", " if not loop.last =}{! endfor !}])
def test_a_value_that_is_taken_is_refused(browser: TestApp, field: str) -> None:
    """A taken value comes back with a message beside it."""
    add(browser, FORM)
    form = browser.get("/{= resource.url =}/new").forms[1]
    fill(form, {**OTHER_FORM, field: FORM[field]})
    page = form.submit(status=422)
    form = browser.get(f"{add(browser, OTHER_FORM)}/edit").forms[1]
    form[field] = FORM[field]

    assert page.html.find(id=f"{field}-error").text == "This is taken."
    assert "This is taken." in form.submit(status=422)
#% endif
