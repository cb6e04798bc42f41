"""An entry belongs to the account that added it."""

import re
from urllib.parse import urlsplit

import pytest

from .client import Api, Browser, Page, assert_problem
from .conftest import Server
from .resource import Resource


def assert_forbidden(page: Page) -> None:
    """Check that a page refuses, styled and with a way home."""
    assert page.status == 403, page.status
    assert page.leads_to("/")
    assert page.text
    assert not [form for form in page.forms if "/logout" not in form.action]


@pytest.mark.contract("OWN-1", "API-2")
def test_everybody_reads_whose_it_is(
    api: Api,
    public_api: Api,
    other_api: Api,
    visitor: Browser,
    stranger: Browser,
    resource: Resource,
    server: Server,
) -> None:
    """Everybody reads an entry, and who owns it; in JSON and on its page."""
    entry = api.create()

    for reader in (public_api, other_api):
        assert reader.get(entry["id"]).json() == entry
        assert reader.list(page_size=1).json()["items"] == [entry]
    for person in (visitor, stranger):
        page = person.get(f"{resource.path}/{entry['id']}")
        assert page.status == 200
        assert server.user.username in page.text
    assert entry["owner"] == server.user.username
    assert other_api.create()["owner"] == server.other.username


@pytest.mark.contract("OWN-3")
def test_the_list_shows_owners(
    api: Api, other_api: Api, visitor: Browser, resource: Resource, server: Server
) -> None:
    """The list says whose each entry is."""
    api.create()
    other_api.create()

    text = visitor.get(resource.path).text

    for account in (server.user, server.other):
        assert re.search(rf"\b{re.escape(account.username)}\b", text), text


@pytest.mark.contract("OWN-1", "ERR-3", "API-11")
def test_the_api_refuses_others(
    api: Api, other_api: Api, public_api: Api, resource: Resource
) -> None:
    """403 for PUT and DELETE of somebody else's entry; nothing changes."""
    entry = api.create()

    assert_problem(other_api.put(entry["id"], resource.entry()), 403)
    assert_problem(other_api.delete(entry["id"]), 403)
    for response in (
        other_api.put(entry["id"], {"nope": 1}),
        public_api.delete(entry["id"]),
    ):
        assert response.status_code in {401, 403, 422}
    assert public_api.get(entry["id"]).json() == entry


@pytest.mark.contract("OWN-1", "ERR-3", "PAGE-10")
def test_pages_refuse_others(
    api: Api, stranger: Browser, browser: Browser, resource: Resource
) -> None:
    """403 for the pages that write somebody else's entry, and for their posts."""
    entry = api.create()
    path = f"{resource.path}/{entry['id']}"
    form = stranger.get(f"{resource.path}/new").form(f"{resource.path}/new")
    form.fill(resource, resource.entry())

    for suffix in ("edit", "delete"):
        assert_forbidden(stranger.get(f"{path}/{suffix}"))
        assert_forbidden(stranger.post(f"{path}/{suffix}", form.values))
        assert browser.get(f"{path}/{suffix}").status == 200
    assert api.get(entry["id"]).json() == entry


@pytest.mark.contract("OWN-1")
def test_an_owner_keeps_an_entry_when_changing_it(
    api: Api, browser: Browser, resource: Resource
) -> None:
    """A PUT or an edit changes the fields, never the owner."""
    entry = api.create()
    path = f"{resource.path}/{entry['id']}/edit"

    assert api.put(entry["id"], resource.entry()).json()["owner"] == entry["owner"]
    form = browser.get(path).form(path).fill(resource, resource.entry())
    assert form.submit().status in {302, 303}

    assert api.get(entry["id"]).json()["owner"] == entry["owner"]


@pytest.mark.contract("OWN-2", "PAGE-1")
def test_buttons_are_for_the_owner(
    api: Api, visitor: Browser, browser: Browser, stranger: Browser, resource: Resource
) -> None:
    """Edit and Delete are shown to the owner alone, on the entry's page and in lists."""
    path = f"{resource.path}/{api.create()['id']}"
    writing = (f"{path}/edit", f"{path}/delete")

    for suffix in writing:
        assert browser.get(path).leads_to(suffix)
    for reader in (visitor, stranger):
        for page in (reader.get(path), reader.get(resource.path)):
            for suffix in writing:
                assert not page.leads_to(suffix), suffix
            targets = {urlsplit(form.action).path for form in page.forms}
            assert not targets & set(writing)
    assert stranger.get(resource.path).leads_to(f"{resource.path}/new")
