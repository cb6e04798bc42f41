"""References: entries of several resources that belong together.

Each test runs for each reference. `api` and `resource` are the child's, `parents` is
the API of what it refers to. Without a reference there is nothing here to run.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import Any
from urllib.parse import parse_qs, quote, urljoin, urlsplit

import pytest

from . import resource as values
from .client import (
    Api,
    Browser,
    Form,
    Forms,
    Page,
    assert_problem,
    at_once,
    facts,
    faults,
    find_all,
    kind,
    listed,
    option_value,
    text_of,
)
from .conftest import Server
from .resource import MISSING, Field, Resource, word

LISTED = 5  # children that a parent's page shows at least
CHOICES = 200
ROUNDS = 10


@pytest.fixture
def parents(server: Server, reference: Field, token: str) -> Iterator[Api]:
    """The API of the parents. It comes first in a test, so that it cleans up last."""
    assert reference.target
    with closing(Api(server.base_url, reference.target, token)) as parents:
        yield parents


def counts(text: str, number: int, resource: Resource) -> bool:
    """Whether a text tells so many of these entries."""
    names = f"{resource.title}|{resource.title_plural}"
    return bool(
        re.search(rf"\b{number}\b", text)
        and re.search(rf"\b({names})\b", text, re.IGNORECASE)
    )


def links_to(page: Page, path: str) -> list[str]:
    """The queries of the page's links to this path."""
    target = page.browser.url(path)
    parts = [link.partition("?") for link in page.links]
    return [query for address, _, query in parts if address == target]


def adding(page: Page, resource: Resource, reference: Field) -> list[str]:
    """The entries that links to the form for a new child have chosen already."""
    queries = links_to(page, f"{resource.path}/new")
    return [id_ for query in queries for id_ in parse_qs(query).get(reference.name, [])]


def chosen(form: Form, reference: Field) -> str:
    """What the reference's control holds."""
    return form.values[form.name_of(reference)]


def other_ids(entry: dict[str, Any], resource: Resource) -> dict[str, Any]:
    """The entry's own references, to send again."""
    return {field.name: entry[field.name] for field in resource.references}


# JSON


@pytest.mark.contract("REF-1", "API-2")
def test_an_entry_tells_what_it_refers_to(
    parents: Api, api: Api, public_api: Api, reference: Field
) -> None:
    """Reading gives `post_id` and, right after it, `post`: `{"id", "title"}`."""
    parent = parents.create()

    entry = api.create(**{reference.name: parent["id"]})

    assert entry[reference.name] == parent["id"]
    about = entry[reference.key]
    assert set(about) == {"id", "title"}
    assert about["id"] == parent["id"]
    assert parents.resource.title_in(parent) in about["title"]
    keys = list(entry)
    assert keys[keys.index(reference.name) + 1] == reference.key
    for answer in (
        public_api.get(entry["id"]).json(),
        public_api.list(page_size=1).json()["items"][0],
        api.put(entry["id"], api.resource.entry(**{reference.name: parent["id"]})),
    ):
        got = answer if isinstance(answer, dict) else answer.json()
        assert got[reference.name] == parent["id"]
        assert got[reference.key] == about


@pytest.mark.contract("REF-1", "TYPE-4")
def test_what_refers_to_nothing_is_null(
    api: Api, resource: Resource, reference: Field
) -> None:
    """An optional reference may be `null`, and then `post` is `null` too."""
    sent = resource.entry(**{reference.name: None})

    response = api.post(sent)

    if not reference.optional:
        assert faults(assert_problem(response, 422)) == {reference.name}
        return
    entry = response.json()
    assert entry[reference.name] is None
    assert entry[reference.key] is None
    filled = api.put(entry["id"], resource.entry()).json()
    assert filled[reference.key]["id"] == filled[reference.name]
    emptied = api.put(entry["id"], sent).json()
    assert emptied[reference.key] is None


@pytest.mark.contract("REF-1", "API-3")
def test_what_it_refers_to_is_not_sent(
    api: Api, resource: Resource, reference: Field
) -> None:
    """JSON sends the integer `post_id`; `post` is an unknown field."""
    entry = api.create()
    about = entry[reference.key]

    for sent in (resource.entry(**{reference.key: about}), {**entry}):
        problem = assert_problem(api.put(entry["id"], sent), 422)
        assert reference.key in faults(problem)


@pytest.mark.contract("REF-1", "REF-3")
def test_a_parent_says_nothing_of_its_children(
    parents: Api, api: Api, reference: Field
) -> None:
    """A parent's JSON stays as it is when a child comes, changes and goes."""
    parent = parents.create()

    child = api.create(**{reference.name: parent["id"]})
    assert parents.get(parent["id"]).json() == parent
    api.put(child["id"], api.resource.entry(**{reference.name: parent["id"]}))
    assert parents.get(parent["id"]).json() == parent
    assert api.delete(child["id"]).status_code == 204

    assert parents.get(parent["id"]).json() == parent


@pytest.mark.contract("REF-1")
def test_a_parents_new_title_is_told(parents: Api, api: Api, reference: Field) -> None:
    """`post` holds the title as it is now, not as it was."""
    parent = parents.create()
    child = api.create(**{reference.name: parent["id"]})
    kept = other_ids(parent, parents.resource)

    changed = parents.put(parent["id"], parents.resource.entry(**kept)).json()

    title = api.get(child["id"]).json()[reference.key]["title"]
    assert parents.resource.title_in(changed) in title


@pytest.mark.contract("REF-2", "ERR-7")
def test_an_unknown_parent_is_422(
    parents: Api, api: Api, resource: Resource, reference: Field
) -> None:
    """What is no `id` of a post, or was one, is 422 at `post_id`."""
    gone = parents.create()["id"]
    parents.delete(gone)
    entry = api.create()
    before = api.total()

    for id_ in (gone, MISSING):
        sent = resource.entry(**{reference.name: id_})
        for response in (api.post(sent), api.put(entry["id"], sent)):
            assert faults(assert_problem(response, 422)) == {reference.name}
    assert api.total() == before
    assert api.get(entry["id"]).json() == entry


@pytest.mark.contract("REF-2", "API-11")
def test_an_unknown_parent_among_other_faults_is_422(
    api: Api, resource: Resource, reference: Field
) -> None:
    """Where other values are bad too, it may be told once those are mended."""
    name = resource.text_fields[0].name
    before = api.total()

    problem = assert_problem(
        api.post(resource.entry(**{reference.name: MISSING, name: 1})), 422
    )

    assert {name} <= faults(problem) <= {name, reference.name}
    assert api.total() == before


@pytest.mark.contract("REF-3", "OWN-1")
def test_anybodys_entry_may_be_referred_to(
    parents: Api, other_api: Api, api: Api, reference: Field
) -> None:
    """Anybody's post may be referred to; the comment is its own author's."""
    parent = parents.create()

    child = other_api.create(**{reference.name: parent["id"]})

    assert child["owner"] != parent["owner"]
    assert child[reference.name] == parent["id"]
    assert_problem(api.delete(child["id"]), 403)
    assert other_api.delete(child["id"]).status_code == 204


# Lists


@pytest.mark.contract("REF-4", "API-5", "API-6", "API-7")
def test_a_list_is_filtered_by_parent(
    parents: Api, api: Api, public_api: Api, resource: Resource, reference: Field
) -> None:
    """`GET /api/comments?post_id=1`: that post's, with `q` and paging as ever."""
    one, other = parents.create()["id"], parents.create()["id"]
    number = 1 if reference.unique else 3
    name, mark = resource.text_fields[0].name, word()
    made = [api.create(**{reference.name: one})["id"] for _ in range(number - 1)]
    made.append(api.create(**{reference.name: one, name: mark})["id"])
    api.create(**{reference.name: other})

    found = public_api.list(**{reference.name: one}).json()
    searched = public_api.list(**{reference.name: one, "q": mark}).json()
    page = public_api.list(**{reference.name: one, "page_size": 1}).json()

    assert [entry["id"] for entry in found["items"]] == made[::-1]
    assert found["total"] == number
    assert [entry["id"] for entry in searched["items"]] == [made[-1]]
    assert (page["total"], page["pages"]) == (number, number)
    nothing = public_api.list(**{reference.name: other, "q": mark}).json()
    assert (nothing["items"], nothing["total"], nothing["pages"]) == ([], 0, 0)


@pytest.mark.contract("REF-4")
def test_nothing_refers_to_what_is_not_there(public_api: Api, reference: Field) -> None:
    """`?post_id=`: none for an `id` of no post; for what is no id, none or 422."""
    answer = public_api.list(**{reference.name: MISSING}).json()
    assert (answer["items"], answer["total"]) == ([], 0)
    for odd in ("0", "-1", "2147483648", "9" * 30, "", "01", " 1", "1_0"):
        response = public_api.list(**{reference.name: odd})
        assert response.status_code in {200, 422}, odd
        if response.status_code == 422:
            assert faults(assert_problem(response, 422)) == {reference.name}


@pytest.mark.contract("REF-4", "ERR-7")
@pytest.mark.parametrize("value", ["abc", "1.5", "1\0", "1,2", "null", "[]"])
def test_a_bad_filter_is_422(public_api: Api, reference: Field, value: str) -> None:
    """422 at `post_id` for what is no integer."""
    problem = assert_problem(public_api.list(**{reference.name: value}), 422)

    assert faults(problem) == {reference.name}


@pytest.mark.contract("REF-4", "API-7")
def test_q_does_not_look_at_parents(parents: Api, api: Api, reference: Field) -> None:
    """`q` looks at an entry's own text only."""
    mark = word()
    name = parents.resource.text_fields[0].name
    parent = parents.create(**{name: mark})
    api.create(**{reference.name: parent["id"]})

    assert parents.list(q=mark).json()["total"] == 1
    assert api.list(q=mark).json()["total"] == 0


@pytest.mark.contract("REF-4", "PAGE-9")
def test_the_list_page_is_filtered_by_parent(
    parents: Api, api: Api, visitor: Browser, resource: Resource, reference: Field
) -> None:
    """The page `/comments?post_id=1` lists the same; its links and its search keep to it."""
    one, other = parents.create()["id"], parents.create()["id"]
    number = 1 if reference.unique else 21
    name, mark = resource.text_fields[0].name, word()
    made = [
        api.create(**{reference.name: one, name: f"{mark} {n}"})["id"]
        for n in range(number)
    ]
    api.create(**{reference.name: other, name: mark})
    path = f"{resource.path}?{reference.name}"

    first = visitor.get(f"{path}={one}")

    assert listed(first, resource) == made[::-1][:20]
    if not reference.unique:
        second = visitor.get(first.rel("next") or "")
        assert listed(second, resource) == made[:1]
        assert second.rel("next") is None
    form = next(form for form in first.forms if "q" in form.controls)
    assert listed(form.submit({"q": mark}), resource) == made[::-1][:20]
    assert listed(form.submit({"q": word()}), resource) == []
    assert listed(visitor.get(f"{path}={MISSING}"), resource) == []
    for bad in ("abc", "1.5", "%00"):
        assert visitor.get(f"{path}={bad}").status == 404


# Deleting


@pytest.mark.contract("REF-5", "REF-7", "ERR-1")
def test_a_parent_is_kept_by_its_children_or_takes_them_along(
    parents: Api, api: Api, other_api: Api, resource: Resource, reference: Field
) -> None:
    """`DELETE`: 409 with a count, whoever's they are; `cascade`: they go along."""
    parent = parents.create()
    number = 1 if reference.unique else 2
    senders = [other_api, api][:number]
    children = [sender.create(**{reference.name: parent["id"]}) for sender in senders]

    response = parents.delete(parent["id"])

    if reference.cascade:
        assert response.status_code == 204, response.text
        for child in children:
            assert_problem(api.get(child["id"]), 404)
        return
    detail = assert_problem(response, 409)["detail"]
    assert counts(detail, number, resource), detail
    assert parents.get(parent["id"]).json() == parent
    for sender, child in zip(senders, children, strict=True):
        assert api.get(child["id"]).json() == child
        assert sender.delete(child["id"]).status_code == 204
    assert parents.delete(parent["id"]).status_code == 204


@pytest.mark.contract("REF-5", "OWN-1", "API-11")
def test_a_parent_is_its_owners_to_delete(
    parents: Api,
    api: Api,
    server: Server,
    other_token: str,
    stranger: Browser,
    reference: Field,
) -> None:
    """403 for others, whether or not it has children."""
    parent = parents.create()
    child = api.create(**{reference.name: parent["id"]})
    path = f"{parents.resource.path}/{parent['id']}/delete"

    with closing(Api(server.base_url, parents.resource, other_token)) as others:
        assert others.delete(parent["id"]).status_code in {403, 409}
        assert stranger.get(path).status == 403
        assert parents.get(parent["id"]).json() == parent
        assert api.get(child["id"]).json() == child
        assert api.delete(child["id"]).status_code == 204
        assert_problem(others.delete(parent["id"]), 403)


@pytest.mark.contract("REF-5", "REF-6", "REF-7")
def test_the_page_says_so_before_it_asks(
    parents: Api, api: Api, browser: Browser, resource: Resource, reference: Field
) -> None:
    """It counts the children, and offers no button; or it says how many go along."""
    parent = parents.create()
    number = 1 if reference.unique else 2
    path = f"{parents.resource.path}/{parent['id']}/delete"
    empty = browser.get(path)
    assert not counts(empty.text, number, resource)
    for _ in range(number):
        child = api.create(**{reference.name: parent["id"]})

    page = browser.get(path)

    assert page.status == 200
    assert counts(page.text, number, resource), page.text
    assert page.leads_to(f"{parents.resource.path}/{parent['id']}")
    if reference.cascade:
        assert page.form(path).submit().is_redirect_to(parents.resource.path)
        assert parents.get(parent["id"]).status_code == 404
        assert api.get(child["id"]).status_code == 404
        return
    assert path not in {urlsplit(form.action).path for form in page.forms}
    late = empty.form(path).submit()
    assert late.status == 409
    assert counts(late.text, number, resource), late.text
    assert late.leads_to("/")
    assert parents.get(parent["id"]).json() == parent
    assert api.get(child["id"]).json() == child


@pytest.mark.contract("REF-7", "REF-5", "REF-6")
def test_what_stands_further_down_counts(
    parents: Api,
    api: Api,
    browser: Browser,
    server: Server,
    token: str,
    resource: Resource,
    reference: Field,
) -> None:
    """What goes along takes its own along, or is kept by what refers to it."""
    for field in parents.resource.references:
        assert field.target
        with closing(Api(server.base_url, field.target, token)) as elders:
            elder = elders.create()
            parent = parents.create(**{field.name: elder["id"]})
            child = api.create(**{reference.name: parent["id"]})
            path = f"{field.target.path}/{elder['id']}/delete"
            page = browser.get(path)
            keepers = resource if field.cascade else parents.resource

            response = elders.delete(elder["id"])

            assert counts(page.text, 1, keepers), page.text
            asked = path in {urlsplit(form.action).path for form in page.forms}
            if field.cascade and reference.cascade:
                assert asked
                assert response.status_code == 204
                assert_problem(parents.get(parent["id"]), 404)
                assert_problem(api.get(child["id"]), 404)
                continue
            assert not asked
            detail = assert_problem(response, 409)["detail"]
            assert counts(detail, 1, keepers), detail
            for owner, entry in ((elders, elder), (parents, parent), (api, child)):
                assert owner.get(entry["id"]).json() == entry
            api.delete(child["id"])  # or it keeps the others after the test
            parents.delete(parent["id"])


@pytest.mark.contract("REF-11", "REF-5", "REF-2", "API-12", "ERR-1")
def test_a_child_comes_while_its_parent_goes(
    parents: Api, api: Api, public_api: Api, resource: Resource, reference: Field
) -> None:
    """One of them is refused, or both go along; none stays without its parent."""
    for _ in range(ROUNDS):
        id_ = parents.create()["id"]
        old = api.create()
        sent = resource.entry(**{reference.name: id_})

        made, moved, gone = at_once(
            partial(api.post, sent),
            partial(api.put, old["id"], sent),
            partial(parents.delete, id_),
        )

        assert made.status_code in {201, 409, 422}, made.text
        assert moved.status_code in {200, 409, 422}, moved.text
        assert gone.status_code in {204, 409}, gone.text
        left = public_api.list(**{reference.name: id_}).json()["items"]
        if gone.status_code == 204:
            assert left == []
            assert reference.cascade or not {201, 200} & {
                made.status_code,
                moved.status_code,
            }
        else:
            assert left
        for entry in left:
            assert entry[reference.key]["id"] == id_
            api.delete(entry["id"])


# Pages


@pytest.mark.contract("REF-8", "PAGE-1")
def test_the_control_is_a_select_of_titles(
    parents: Api, browser: Browser, resource: Resource, reference: Field
) -> None:
    """A `<select>` of posts by their titles, newest first, below an empty choice."""
    made = [parents.create() for _ in range(3)][::-1]
    path = f"{resource.path}/new"
    form = browser.get(path).form(path)
    control = form.visible[form.name_of(reference)]

    empty, *options = find_all(control, "option")

    assert kind(control) == "select"
    assert option_value(empty) == ""
    assert [option_value(option) for option in options[:3]] == [
        str(parent["id"]) for parent in made
    ]
    for parent, option in zip(made, options, strict=False):
        assert parents.resource.title_in(parent) in text_of(option)
    ids = [int(option_value(option)) for option in options]
    assert ids == sorted(ids, reverse=True)
    assert len(ids) <= CHOICES
    assert chosen(form, reference) == ""


@pytest.mark.contract("REF-8")
def test_above_200_the_older_ones_are_left_out(
    parents: Api, api: Api, browser: Browser, resource: Resource, reference: Field
) -> None:
    """The newest 200; and one that is chosen, which is good though not among them."""
    first = parents.create()
    child = api.create(**{reference.name: first["id"]})
    path = f"{resource.path}/new"
    form = browser.get(path).form(path)
    for _ in range(CHOICES):
        parents.create()

    for url, held in (
        (path, ""),
        (f"{path}?{reference.name}={first['id']}", str(first["id"])),
        (f"{resource.path}/{child['id']}/edit", str(first["id"])),
    ):
        page = browser.get(url).form(url.partition("?")[0])
        options = find_all(page.controls[page.name_of(reference)], "option")
        ids = {option_value(option) for option in options} - {""}
        assert chosen(page, reference) == held, url
        assert (str(first["id"]) in ids) is bool(held), url
        assert len(ids - {held}) in {CHOICES - bool(held), CHOICES}, url
    api.delete(child["id"])
    old = resource.entry(**{reference.name: first["id"]})
    sent = form.fill(resource, old).submit()
    assert sent.status in {302, 303}
    made = api.get(sent.location.rpartition("/")[2]).json()
    assert made[reference.name] == first["id"]
    api.delete(made["id"])


@pytest.mark.contract("REF-9")
def test_a_child_is_added_from_its_parents_page(
    parents: Api, api: Api, browser: Browser, resource: Resource, reference: Field
) -> None:
    """A link for those who may write leads to the form, where the post is chosen already."""
    parent = parents.create()
    path = f"{parents.resource.path}/{parent['id']}"
    page = browser.get(path)
    assert adding(page, resource, reference) == [str(parent["id"])]
    new = f"{resource.path}/new"
    form = browser.get(f"{new}?{reference.name}={parent['id']}").form(new)
    assert chosen(form, reference) == str(parent["id"])
    for field in resource.references:
        assert field == reference or chosen(form, field) == ""

    sent = resource.entry(**{reference.name: parent["id"]})
    added = form.fill(resource, sent).submit()

    assert added.status in {302, 303}
    id_ = added.location.rpartition("/")[2]
    assert api.get(id_).json()[reference.name] == parent["id"]
    page = browser.get(path)
    assert listed(page, resource) == [int(id_)]
    assert bool(adding(page, resource, reference)) is not reference.unique
    api.delete(id_)


@pytest.mark.contract("REF-9", "PAGE-3")
@pytest.mark.needs("accounts")
def test_signing_in_leads_back_to_a_childs_form(
    parents: Api,
    visitor: Browser,
    server: Server,
    resource: Resource,
    reference: Field,
) -> None:
    """Visitors see no such link; the form's address has them sign in, and the post stays chosen."""
    parent = parents.create()
    page = visitor.get(f"{parents.resource.path}/{parent['id']}")
    new = f"{resource.path}/new"

    login = visitor.get(f"{new}?{reference.name}={parent['id']}").follow()
    account = {"username": server.user.username, "password": server.user.password}
    back = login.form("/login").submit(account).follow()

    assert adding(page, resource, reference) == []
    assert chosen(back.form(new), reference) == str(parent["id"])


@pytest.mark.contract("REF-9", "ERR-1")
def test_an_odd_parent_is_not_chosen(
    browser: Browser, resource: Resource, reference: Field
) -> None:
    """`/comments/new?post_id=`: what is no post is ignored, or 404."""
    path = f"{resource.path}/new"
    for odd in (str(MISSING), "abc", "0", "-1", "1.5", "", "9" * 30, "\0", "<b>"):
        page = browser.get(f"{path}?{reference.name}={quote(odd)}")

        assert page.status in {200, 404}, odd
        if page.status == 200:
            assert chosen(page.form(path), reference) == ""


@pytest.mark.contract("REF-9", "API-5")
def test_a_parents_page_lists_its_newest_children(
    parents: Api, api: Api, visitor: Browser, resource: Resource, reference: Field
) -> None:
    """Five at least, newest first; with a link to all when there are more."""
    parent, other = parents.create(), parents.create()
    path = f"{parents.resource.path}/{parent['id']}"
    nothing = visitor.get(path)
    assert listed(nothing, resource) == []
    assert reference.unique or nothing.all(".empty")
    number = 1 if reference.unique else 30
    made = [api.create(**{reference.name: parent["id"]}) for _ in range(number)]
    api.create(**{reference.name: other["id"]})

    page = visitor.get(path)

    found = listed(page, resource)
    assert found == [entry["id"] for entry in made][::-1][: len(found)]
    assert len(found) >= min(number, LISTED)
    names = [text_of(link) for link in find_all(page.main, "a")]
    assert any(resource.title_in(made[-1]) in name for name in names)
    assert page.document.errors == []
    if len(found) < number:
        query = f"{reference.name}={parent['id']}"
        assert query in links_to(page, resource.path)


@pytest.mark.contract("REF-10", "PAGE-12")
def test_a_childs_page_leads_to_its_parent(
    parents: Api, api: Api, visitor: Browser, resource: Resource, reference: Field
) -> None:
    """By its title, which is text; crumbs lead to all posts and to this one."""
    hostile = f"<b>{word()}</b> &amp; {{{{ 7 }}}}"
    name = parents.resource.text_fields[0].name
    parent = parents.create(**{name: hostile})
    child = api.create(**{reference.name: parent["id"]})
    path = f"{parents.resource.path}/{parent['id']}"

    page = visitor.get(f"{resource.path}/{child['id']}")

    title = parents.resource.title_in(parent)
    found = [link for link in find_all(page.main, "a") if link.attrs["href"] == path]
    assert any(title in text_of(link) for link in found)
    assert not page.all("main b")
    (crumbs,) = page.all('nav[aria-label="Breadcrumb"]')
    leads = [link.attrs["href"] for link in find_all(crumbs, "a")]
    first = resource.references[0]
    assert first.target
    up = first.target.path
    assert leads[:2] == [up, f"{up}/{child[first.name]}"]


@pytest.mark.contract("REF-10", "REF-1")
def test_what_refers_to_nothing_leads_to_nothing(
    api: Api, browser: Browser, resource: Resource, reference: Field
) -> None:
    """An empty reference is left out, and the form holds its empty choice."""
    nothing: dict[str, Any] = {f.name: None for f in resource.references if f.optional}
    entry = api.create(**nothing)
    path = f"{resource.path}/{entry['id']}"

    page = browser.get(path)

    assert page.status == 200
    assert (reference.label in facts(page.main)) is not reference.optional
    assert "None" not in page.text
    targets = {field.target.path for field in resource.references if field.target}
    expected = {
        page.browser.url(f"{field.target.path}/{entry[field.name]}")
        for field in resource.references
        if field.target and entry[field.name] is not None
    }
    main = [urljoin(page.url, a.attrs["href"] or "") for a in find_all(page.main, "a")]
    found = {url for url in main if urlsplit(url).path.rpartition("/")[0] in targets}
    assert found == expected
    edit = browser.get(f"{path}/edit").form(f"{path}/edit")
    assert chosen(edit, reference) == values.form_text(reference, entry[reference.name])


@pytest.mark.contract("REF-2", "PAGE-4")
def test_a_form_tells_of_its_parent(
    parents: Api,
    api: Api,
    browser: Browser,
    resource: Resource,
    reference: Field,
) -> None:
    """A post that went while the form was open is told beside the control."""
    gone = parents.create()
    path = f"{resource.path}/new"
    form = browser.get(path).form(path)
    form.fill(resource, resource.entry(**{reference.name: gone["id"]}))
    parents.delete(gone["id"])
    before = api.total()

    page = form.submit()

    assert page.status == 422
    again = page.form(path)
    control = again.controls[again.name_of(reference)]
    assert control.attrs.get("aria-invalid") == "true"
    name = resource.text_fields[0].name
    assert again.values[name] == form.values[name]
    assert api.total() == before


@pytest.mark.contract("REF-5", "REF-6", "REF-7", "REF-9", "REF-10", "OPT-2")
@pytest.mark.lacks("api")
def test_without_an_api_pages_keep_what_belongs_together(
    browser: Browser, resource: Resource, reference: Field
) -> None:
    """By forms alone a child comes to its parent, which is kept by it or takes it along."""
    assert reference.target
    up = reference.target.path
    with (
        closing(Forms(browser, reference.target)) as parents,
        closing(Forms(browser, resource)) as children,
    ):
        parent = parents.create()
        assert adding(browser.get(f"{up}/{parent['id']}"), resource, reference)
        child = children.create(**{reference.name: parent["id"]})
        path = f"{resource.path}/{child['id']}"

        assert listed(browser.get(f"{up}/{parent['id']}"), resource) == [child["id"]]
        assert browser.get(path).leads_to(f"{up}/{parent['id']}")
        found = browser.get(f"{resource.path}?{reference.name}={parent['id']}")
        assert listed(found, resource) == [child["id"]]
        assert counts(browser.get(f"{up}/{parent['id']}/delete").text, 1, resource)
        gone = parents.delete(parent["id"])

        assert gone.is_redirect_to(up) is reference.cascade
        assert browser.get(path).status == (404 if reference.cascade else 200)
        if not reference.cascade:
            assert children.delete(child["id"]).is_redirect_to(resource.path)
            assert parents.delete(parent["id"]).is_redirect_to(up)
