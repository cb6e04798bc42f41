#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set is_text = resource.title_kind in ("str", "text")
"""The pages of {= resource.label_plural =}."""

#% if resource.unique_fields
import json

#% endif
import pytest
from pyramid.testing import DummyRequest
from sqlalchemy import delete
from sqlalchemy.orm import Session
from webtest import TestApp

from {= package =}.accounts.models import User
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.{= resource.plural =}.resources import {= resource.class_name =}Resource, New{= resource.class_name =}
from {= package =}.{= resource.plural =}.views import show_{= resource.name =}
from {= package =}.security import SecurityPolicy
from tests.browser import Browser
from tests.examples import {= resource.prefix =}FORM, {= resource.prefix =}INVALID_FORM, LEAST_{= resource.constant =}, nth_{= resource.name =}

URL = "/{= resource.url =}"
#% if resource.references
pytestmark = pytest.mark.usefixtures({! for target in resource.parents !}"{= target.plural =}"{= ", " if not loop.last =}{! endfor !})
{! endif !}


def test_adds_an_entry(browser: Browser) -> None:
    """The form adds an entry, and says so once."""
    response = browser.submit(f"{URL}/new", {= resource.prefix =}FORM)
    page = response.follow()

    assert "{= resource.title =} added." in page
#% if is_text
    assert page.html.h1.text == {= resource.prefix =}FORM["{= resource.title_field =}"]
#% else
    assert page.html.h1.text.startswith("{= resource.title =} of ")
#% endif
    assert "{= resource.title =} added." not in browser.get(response.location)
{! if is_text !}


def test_trims_values(browser: Browser) -> None:
    title = {= resource.prefix =}FORM["{= resource.title_field =}"]
    page = browser.submit(f"{URL}/new", {**{= resource.prefix =}FORM, "{= resource.title_field =}": f"  {title} "}).follow()

    assert page.html.h1.text == title
{! endif !}


def test_shows_an_entry(visitor: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    page = visitor.get(f"{URL}/{{= resource.name =}.id}")

    assert page.html.h1.text == {= resource.name =}.{= resource.title_attribute =}
    assert page.html.title.text.startswith({= resource.name =}.{= resource.title_attribute =})
    assert page.html.find("dt", string="Added by").find_next("dd").text == "ada"


def test_edits_an_entry(browser: Browser, {= resource.name =}: {= resource.class_name =}, api: TestApp) -> None:
    """The form is filled in: sent as it is, it changes no value."""
    url = f"/api/{= resource.url =}/{{= resource.name =}.id}"
    before = api.get(url).json
    assert "{= resource.title =} saved." in browser.submit(f"{URL}/{{= resource.name =}.id}/edit").follow()

    after = api.get(url).json
    assert {**after, "updated_at": before["updated_at"]} == before
#% if is_text
    browser.submit(f"{URL}/{{= resource.name =}.id}/edit", {"{= resource.title_field =}": "Another"})
    assert api.get(url).json["{= resource.title_field =}"] == "Another"
{! endif !}


def test_deletes_an_entry(browser: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    """Deleting asks first."""
    path = f"{URL}/{{= resource.name =}.id}"
    page = browser.submit(f"{path}/delete").follow()

    assert "{= resource.title =} deleted." in page
    browser.get(path, status=404)


def test_lists_and_pages(visitor: Browser, api: TestApp) -> None:
    """The newest come first; a search keeps its text from page to page."""
    for n in range(21):
        api.post_json("/api/{= resource.url =}", nth_{= resource.name =}(n))
#% if is_text
    text = {= resource.prefix =}FORM["{= resource.title_field =}"]{= ".split()[0]" if resource.title_kind == "text" =}
    first = visitor.get(URL, {"q": text})
#% else
    first = visitor.get(URL)
#% endif
    second = first.click("Older")

    assert len(first.html.select("ul.entries > li")) == 20
    assert len(second.html.select("ul.entries > li")) == 1
#% if is_text
    assert second.html.find(id="q")["value"] == text
#% endif
    assert second.html.find("a", rel="prev")
    assert not second.html.find("a", rel="next")
{! if is_text !}


def test_searches(visitor: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    path = f"{URL}/{{= resource.name =}.id}"

    assert visitor.get(URL, {"q": {= resource.name =}.{= resource.title_field =}}).html.find(href=path)
    page = visitor.get(URL, {"q": "nothing like it"})
    assert page.html.find(class_="empty").a["href"] == URL
{! endif !}


def test_says_what_to_do_when_empty(visitor: Browser, browser: Browser) -> None:
    for page in (visitor.get(URL), browser.get(URL)):
        assert page.html.find(class_="empty").a["href"] == f"{URL}/new"


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=2", "q=%00"])
def test_a_bad_page_is_404(visitor: Browser, query: str) -> None:
    visitor.get(f"{URL}?{query}", status=404)


@pytest.mark.parametrize(("field", "value"), {= resource.prefix =}INVALID_FORM)
def test_shows_faults_beside_their_fields(
    browser: Browser, {= resource.name =}: {= resource.class_name =}, field: str, value: str
) -> None:
    """What was typed comes back with a message beside it, in both forms."""
    for path in ("new", f"{{= resource.name =}.id}/edit"):
        page = browser.submit(f"{URL}/{path}", {**{= resource.prefix =}FORM, field: value}, status=422)

        control = page.html.find(id=field)
        assert control["aria-invalid"] == "true"
        assert page.html.find(id=control["aria-describedby"]).text
        assert control.name == "select" or page.forms[1][field].value == value


@pytest.mark.parametrize("field", {= resource.prefix =}FORM)
def test_requires_what_is_not_optional(browser: Browser, field: str) -> None:
    page = browser.submit(f"{URL}/new", {**{= resource.prefix =}FORM, field: ""}, status="*")

    if field in LEAST_{= resource.constant =}:
        assert page.html.find(id=f"{field}-error").text == "This field is required."
    else:
        assert page.status_code == 303
#% if resource.unique_fields


@pytest.mark.parametrize("field", [{! for name in resource.unique_fields !}"{= name =}"{= ", " if not loop.last =}{! endfor !}])
def test_a_taken_value_is_told_beside_its_field(
    browser: Browser, api: TestApp, {= resource.name =}: {= resource.class_name =}, field: str
) -> None:
    other = api.post_json("/api/{= resource.url =}", nth_{= resource.name =}(7)).json["id"]
    for path in ("new", f"{other}/edit"):
        form = browser.get(f"{URL}/{path}").forms[1]
        if path == "new":
            for name, value in nth_{= resource.name =}(8).items():
                text = value if isinstance(value, str) else json.dumps(value)
                form[name] = text.removesuffix("Z")
        form[field] = {= resource.prefix =}FORM[field]
        page = form.submit(status=422)

        assert page.html.find(id=f"{field}-error").text == "This value is taken."
{! endif !}
{! if is_text !}


def test_escapes_html(visitor: Browser, session: Session, {= resource.name =}: {= resource.class_name =}) -> None:
    {= resource.name =}.{= resource.title_field =} = "<script>alert(1)</script>"
    session.commit()

    for path in (URL, f"{URL}/{{= resource.name =}.id}"):
        assert "<script>" not in visitor.get(path)
{! endif !}


@pytest.mark.parametrize("path", ["new", "{}/edit", "{}/delete"])
def test_writing_needs_an_account(visitor: Browser, {= resource.name =}: {= resource.class_name =}, path: str) -> None:
    """Those not signed in are sent to sign in first."""
    path = f"{URL}/{path.format({= resource.name =}.id)}"
    location = visitor.get(path, status=303).location

    assert location.endswith(f"/login?next={path.replace('/', '%2F')}")


@pytest.mark.parametrize("path", ["edit", "delete"])
def test_only_the_owner_changes(stranger: Browser, {= resource.name =}: {= resource.class_name =}, path: str) -> None:
    path = f"{URL}/{{= resource.name =}.id}/{path}"
    token = stranger.get("/").forms[0]["csrf_token"].value

    for page in (
        stranger.get(path, status=403),
        stranger.post(path, {**{= resource.prefix =}FORM, "csrf_token": token}, status=403),
    ):
        assert "Only its owner may change or delete this {= resource.label =}." in page
        assert "bob" in page


def test_only_the_owner_sees_links_to_write(
    browser: Browser, stranger: Browser, visitor: Browser, {= resource.name =}: {= resource.class_name =}
) -> None:
    path = f"{URL}/{{= resource.name =}.id}"

    assert browser.get(path).click("Edit").status_code == 200
    for page in (stranger.get(path), visitor.get(path)):
        assert not page.html.find("a", string="Edit")
        assert not page.html.find("a", string="Delete")


@pytest.mark.parametrize("path", ["", "/edit", "/delete"])
def test_what_is_gone_is_404(
    browser: Browser, session: Session, {= resource.name =}: {= resource.class_name =}, path: str
) -> None:
    path = f"{URL}/{{= resource.name =}.id}{path}"
    session.execute(delete({= resource.class_name =}))
    session.commit()

    assert "There is nothing at this address." in browser.get(path, status=404)


def test_the_owner_alone_has_the_permission(
    session: Session, user: User, {= resource.name =}: {= resource.class_name =}
) -> None:
    """Resources, the policy and views are plain classes: a test needs no server."""
    request = DummyRequest(
        dbsession=session, in_api=False, matchdict={"id": str({= resource.name =}.id)}
    )
    policy = SecurityPolicy()
    loaded, new = {= resource.class_name =}Resource(request), New{= resource.class_name =}(request)

    assert show_{= resource.name =}(loaded, request){= "[\"%s\"] == %s" % (resource.name, resource.name) if resource.children else " == {\"%s\": %s}" % (resource.name, resource.name) =}
    assert not policy.permits(request, loaded, "edit")
    assert not policy.permits(request, new, "edit")
    policy.remember(request, [user.id, user.session_number])
    assert policy.permits(request, loaded, "edit")
    assert policy.permits(request, new, "edit")
