"""Pages: what each of them holds and how it is made."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from .client import (
    WRONG,
    Api,
    Browser,
    Page,
    facts,
    find_all,
    kind,
    listed,
    query_of,
    short,
    text_of,
)
from .conftest import Server
from .resource import MISSING, TOO_LONG, Field, Resource, distinct, shown, word


def every_page(browser: Browser, visitor: Browser, api: Api) -> dict[str, Page]:
    """One of each page and error page, by a name."""
    path = api.resource.path
    entry = api.create()
    new = browser.get(f"{path}/new")
    form = new.form(f"{path}/new")
    of_parents = {}
    for field in api.resource.references:
        assert field.target
        parent = f"{field.target.path}/{entry[field.name]}"
        chosen = f"{path}/new?{field.name}={entry[field.name]}"
        of_parents[f"new, {field.name} chosen"] = browser.get(chosen)
        of_parents[f"entry of {field.name}"] = visitor.get(parent)
        of_parents[f"entry of {field.name}, signed in"] = browser.get(parent)
        of_parents[f"delete of {field.name}"] = browser.get(f"{parent}/delete")
        of_parents[f"list by {field.name}"] = visitor.get(
            f"{path}?{field.name}={entry[field.name]}"
        )
    return of_parents | {
        "home": visitor.get("/"),
        "home, signed in": browser.get("/"),
        "list": visitor.get(path),
        "list, signed in": browser.get(path),
        "empty list": visitor.get(f"{path}?q={word()}"),
        "entry": visitor.get(f"{path}/{entry['id']}"),
        "entry, signed in": browser.get(f"{path}/{entry['id']}"),
        "new": new,
        "edit": browser.get(f"{path}/{entry['id']}/edit"),
        "delete": browser.get(f"{path}/{entry['id']}/delete"),
        "wrong form": form.submit({api.resource.text_fields[0].name: TOO_LONG}),
        "403": browser.post(f"{path}/new", {}),
        "404": visitor.get("/nope"),
        "404 of an entry": visitor.get(f"{path}/{MISSING}"),
    }


def account_pages(visitor: Browser, stranger: Browser, api: Api) -> dict[str, Page]:
    """One of each page that there is for accounts' sake."""
    entry = f"{api.resource.path}/{api.create()['id']}"
    login = visitor.get("/login").form("/login")
    return {
        "login": login.page,
        "signup": visitor.get("/signup"),
        "wrong login": login.submit({"username": word(), "password": WRONG}),
        "wrong signup": visitor.try_to_sign_up("x" * 200, "1"),
        "403 of an entry": stranger.get(f"{entry}/edit"),
    }


STATUS = {
    "wrong form": 422,
    "wrong login": 422,
    "wrong signup": 422,
    "403": 403,
    "403 of an entry": 403,
    "404": 404,
    "404 of an entry": 404,
}


@pytest.fixture(scope="module")
def pages(
    server: Server,
    resource: Resource,
    token: str | None,
    session: Browser,
    other_session: Browser,
) -> Iterator[dict[str, Page]]:
    """One of each page."""
    with (
        closing(Api(server.base_url, resource, token)) as api,
        closing(Browser(server.base_url)) as visitor,
    ):
        found = every_page(session, visitor, api)
        if "accounts" in server.parts:
            found |= account_pages(visitor, other_session, api)
        yield found


@pytest.mark.contract("PAGE-1")
def test_each_page_has_its_status_and_is_html(pages: dict[str, Page]) -> None:
    """Server-rendered HTML, with the status that the contract gives."""
    for name, page in pages.items():
        assert page.status == STATUS.get(name, 200), name
        kind_ = page.response.headers["content-type"].lower().replace(" ", "")
        assert kind_ == "text/html;charset=utf-8", name


@pytest.mark.contract("PAGE-1")
def test_pages_are_valid(pages: dict[str, Page]) -> None:
    """Server-rendered HTML, valid."""
    for name, page in pages.items():
        assert page.document.errors == [], name
        assert page.response.text.lstrip().lower().startswith("<!doctype html>"), name
        ids = [element.attrs["id"] for element in page.all("[id]")]
        assert len(set(ids)) == len(ids), f"{name}: an id stands twice"
        assert all(ids), name
        for pointer in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            for element in page.all(f"[{pointer}]"):
                for target in (element.attrs[pointer] or "").split():
                    assert target in ids, f"{name}: {pointer}={target}"
        for element in page.all("img"):
            assert "alt" in element.attrs, name
        for outer in ("a", "button"):
            assert not page.all(f"{outer} a, {outer} button, {outer} input"), name
        assert not page.all("form form"), name
        for element in page.all("ul, ol"):
            assert all(child.name == "li" for child in elements(element)), name
        for element in page.all("dl"):
            parts = [child.name for child in elements(element)]
            assert set(parts) <= {"dt", "dd", "div"}, name
        assert not page.all("center, font, marquee, blink, big, tt"), name


def elements(parent: Any) -> list[Any]:
    """The child elements."""
    return [child for child in parent.children if child.name[0] not in "#!"]


@pytest.mark.contract("PAGE-1")
def test_pages_have_a_language_a_heading_and_a_main(pages: dict[str, Page]) -> None:
    """`<html lang="en">`, one `<h1>`, a `<main id="main">`."""
    for name, page in pages.items():
        assert page.one("html").attrs.get("lang") == "en", name
        assert text_of(page.one("h1")), name
        assert page.main.attrs.get("id") == "main", name
        levels = [int(h.name[1]) for h in page.all("h1, h2, h3, h4, h5, h6")]
        assert levels[0] == 1, name
        steps = pairwise(levels)
        assert all(below - above <= 1 for above, below in steps), name


@pytest.mark.contract("PAGE-1")
def test_titles_differ_from_page_to_page(pages: dict[str, Page]) -> None:
    """A `<title>` that differs from page to page."""
    names = ["home", "list", "entry", "new", "edit", "delete", "404", "403"]
    names += [name for name in ("login", "signup") if name in pages]
    titles = [pages[name].title for name in names]

    assert all(titles)
    assert len(set(titles)) == len(titles), titles


@pytest.mark.contract("PAGE-1")
def test_pages_need_no_javascript_and_nothing_from_elsewhere(
    pages: dict[str, Page],
) -> None:
    """No JavaScript, nothing from elsewhere, one stylesheet."""
    for name, page in pages.items():
        assert not page.all("script, iframe, object, embed, base"), name
        assert not page.all("style, [style]"), f"{name}: styles outside the stylesheet"
        for element in page.all("*"):
            for attribute in element.attrs:
                assert not attribute.startswith("on"), f"{name}: {attribute}"
        (sheet,) = page.all('link[rel~="stylesheet"]')
        loaded = [sheet, *page.all("link[href]"), *page.all("[src]")]
        for element in loaded:
            if element.attrs.get("rel") in {"prev", "next", "canonical"}:
                continue
            url = element.attrs.get("href") or element.attrs.get("src") or ""
            source = urljoin(page.url, url)
            assert source.startswith(page.browser.base_url + "/"), f"{name}: {source}"
            assert "/static/" in source, name
            assert page.browser.get(source).status == 200, source


@pytest.mark.contract("PAGE-1")
def test_static_files_are_served(visitor: Browser) -> None:
    """`GET /static/…`: `style.css`, `icon.svg`."""
    home = visitor.get("/")
    sheet = urljoin(home.url, home.one('link[rel~="stylesheet"]').attrs["href"] or "")
    icon = urljoin(home.url, home.all('link[rel~="icon"]')[0].attrs["href"] or "")

    style = visitor.get(sheet).response
    picture = visitor.get(icon).response

    assert urlsplit(sheet).path.startswith("/static/style.")
    assert style.status_code == 200
    assert style.headers["content-type"].startswith("text/css")
    assert "light-dark(" in style.text or "prefers-color-scheme" in style.text
    assert "@import" not in style.text
    assert "://" not in style.text.replace("http://www.w3.org/", "")
    assert urlsplit(icon).path.startswith("/static/icon.")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert visitor.get("/static/style.css").status == 200
    assert visitor.get("/static/icon.svg").status == 200


@pytest.mark.contract("PAGE-1")
@pytest.mark.parametrize(
    "path",
    [
        *("/static/", "/static/nope.css", "/static/%00", "/static/%ff"),
        *("/static/../settings.py", "/static/%2e%2e/settings.py", "/static/..%2f..%2f"),
        *("/static/etc/passwd", "/static/..%5c..%5c", "/static/%2e%2e%2f.env"),
    ],
)
def test_only_static_files_are_served(visitor: Browser, path: str) -> None:
    """404 for anything else below `/static`; nothing outside it is given away."""
    page = visitor.get(path)

    assert page.status in {400, 403, 404}
    assert "SECRET_KEY" not in page.response.text
    assert "root:" not in page.response.text


@pytest.mark.contract("PAGE-1")
def test_pages_are_usable_by_keyboard(pages: dict[str, Page]) -> None:
    """Usable by keyboard: a skip link comes first, nothing changes the order."""
    for name, page in pages.items():
        first = page.all("a[href], button, input, select, textarea")[0]
        assert first.name == "a", name
        assert first.attrs["href"] == "#main", name
        assert text_of(first), name
        for element in page.all("[tabindex]"):
            assert element.attrs["tabindex"] in {"0", "-1"}, name
        viewport = page.one('meta[name="viewport"]').attrs["content"] or ""
        assert "width=device-width" in viewport
        assert "maximum-scale" not in viewport
        assert "user-scalable" not in viewport


@pytest.mark.contract("PAGE-1")
def test_every_control_has_a_label(pages: dict[str, Page]) -> None:
    """WCAG AA: every control, button and link has a name."""
    for name, page in pages.items():
        labelled = {label.attrs.get("for") for label in page.all("label")}
        for control in page.all("input, select, textarea"):
            if kind(control) in {"hidden", "submit"}:
                continue
            assert (
                control.attrs.get("id") in labelled
                or control.attrs.get("aria-label")
                or control in page.all("label input, label select, label textarea")
            ), f"{name}: {control.attrs}"
        for element in page.all("a, button, label, h1, h2, h3, th, option[value]"):
            image = find_all(element, "img[alt], svg[aria-label]")
            empty = element.name == "option" and not element.attrs["value"]
            named = text_of(element) or element.attrs.get("aria-label") or image
            assert named or empty, f"{name}: {element.name} without a name"


@pytest.mark.contract("PAGE-1")
def test_home_says_what_the_project_is(
    server: Server, visitor: Browser, resource: Resource
) -> None:
    """`GET /`: what the project is, links to `/books` and `/api/docs`."""
    home = visitor.get("/")

    assert home.status == 200
    assert home.leads_to(resource.path)
    assert home.leads_to("/api/docs") is ("api" in server.parts)
    assert resource.description in home.text
    assert home.one('meta[name="description"]').attrs["content"]
    assert len(home.text) > 20


@pytest.mark.contract("PAGE-1", "API-5")
def test_the_list_is_newest_first_and_paged(
    api: Api, visitor: Browser, resource: Resource
) -> None:
    """Newest first, 20 a page, `rel="next"`, `rel="prev"`; `q` survives paging."""
    mark = word()
    name = resource.text_fields[0].name
    ids = [api.create(**{name: f"{mark} & {n}"})["id"] for n in range(41)][::-1]

    first = visitor.get(f"{resource.path}?q={mark}%20%26")
    second = visitor.get(first.rel("next") or "")
    third = visitor.get(second.rel("next") or "")

    assert listed(first, resource) == ids[:20]
    assert listed(second, resource) == ids[20:40]
    assert listed(third, resource) == ids[40:]
    assert first.rel("prev") is None
    assert third.rel("next") is None
    assert listed(visitor.get(third.rel("prev") or ""), resource) == ids[20:40]
    assert listed(visitor.get(second.rel("prev") or ""), resource) == ids[:20]
    for page in (first, second, third):
        form = next(f for f in page.forms if "q" in f.controls)
        assert form.values["q"] == f"{mark} &"
    assert query_of(first.rel("next") or "")["q"] == f"{mark} &"
    all_pages = visitor.get(resource.path)
    assert listed(all_pages, resource) == ids[:20]
    assert all_pages.rel("next")
    past = visitor.get(f"{resource.path}?q={mark}&page=4")
    assert past.status == 404


@pytest.mark.contract("PAGE-1")
def test_an_entry_is_called_by_its_title(
    api: Api, visitor: Browser, resource: Resource
) -> None:
    """Title field: what an entry is called on pages, in links to it."""
    entry = api.create()
    title = resource.title_in(entry)

    listed = visitor.get(resource.path)
    page = visitor.get(f"{resource.path}/{entry['id']}")

    links = {link.attrs["href"]: text_of(link) for link in find_all(listed.main, "a")}
    assert title in links[f"{resource.path}/{entry['id']}"]
    assert title in text_of(page.one("h1"))
    assert title in page.title


@pytest.mark.contract("PAGE-1")
def test_a_long_title_is_whole_or_shortened(
    api: Api, visitor: Browser, resource: Resource
) -> None:
    """Title field: a `str` is shown whole; a `text` in 60 characters at most, with `…`."""
    words = f"{word()}\n\n is  {word()} {word()} {word()} {word()}"[:200]
    entry = api.create(**{field.name: words for field in resource.text_fields})
    field = resource.title_field
    heading = visitor.get(f"{resource.path}/{entry['id']}").one("h1")

    if field and field.type == "text":
        shown = text_of(heading)
        assert len(shown) <= 60
        assert shown.endswith("…")
        assert " ".join(words.split()).startswith(shown.rstrip("…").rstrip())
        assert len(shown) > 20
    else:
        assert resource.title_in(entry).split()[-1] in text_of(heading)


@pytest.mark.contract("PAGE-1", "API-7")
def test_the_list_can_be_searched(
    api: Api, visitor: Browser, resource: Resource
) -> None:
    r"""`GET /books?q=&page=`: search form; `%`, `_`, `\` stand for themselves."""
    mark = word()
    name = resource.text_fields[0].name
    found = api.create(**{name: f"{mark}%_\\ < & >"})
    api.create(**{name: f"{mark}xxx"})
    page = visitor.get(resource.path)
    form = next(form for form in page.forms if "q" in form.controls)
    assert form.method == "get"

    result = form.submit({"q": f"  {mark.upper()}%_\\ < & > "})

    assert result.status == 200
    assert listed(result, resource) == [found["id"]]
    assert listed(visitor.get(f"{resource.path}?q="), resource)[0] > found["id"]


@pytest.mark.contract("PAGE-2")
def test_an_empty_list_says_what_to_do(
    visitor: Browser, browser: Browser, resource: Resource
) -> None:
    """A search without a hit says so and leads back."""
    for reader in (visitor, browser):
        page = reader.get(f"{resource.path}?q={word()}")

        assert page.status == 200
        assert listed(page, resource) == []
        assert page.leads_to(resource.path)
        assert len(page.text) > 20


@pytest.mark.contract("TYPE-10")
@pytest.mark.parametrize("page", ["1.0", "+1", "01", "%201", "%D9%A1", ""])
def test_an_oddly_spelled_page_does_no_harm(
    visitor: Browser, resource: Resource, page: str
) -> None:
    """The framework reads it as the number that it spells, or as none."""
    assert visitor.get(f"{resource.path}?page={page}").status in {200, 404}


@pytest.mark.contract("PAGE-9")
@pytest.mark.parametrize(
    "query",
    [
        *("page=0", "page=-1", "page=abc", "page=1.5", "page=1000001", "page=1000000"),
        *("page=" + "9" * 30, "page=%00", "page=%C2%BD", "q=a%00b", "q=" + "a" * 201),
    ],
    ids=short,
)
def test_a_malformed_page_or_query_is_404(
    visitor: Browser, resource: Resource, query: str
) -> None:
    """A `page` or `q` that is malformed or past the end is 404."""
    assert visitor.get(f"{resource.path}?{query}").status == 404


@pytest.mark.contract("ERR-1")
@pytest.mark.parametrize("query", ["q=%ff", "q=%ED%A0%80", "q=%", "x=%ff&y", "&&=="])
def test_a_broken_query_does_no_harm(
    visitor: Browser, resource: Resource, query: str
) -> None:
    """Bytes that are no text are never a server's error."""
    assert visitor.get(f"{resource.path}?{query}").status in {200, 400, 404}


@pytest.mark.contract("PAGE-1")
def test_home_shows_the_newest(api: Api, visitor: Browser, resource: Resource) -> None:
    """`GET /`: the newest four, and how many there are."""
    ids = [api.create()["id"] for _ in range(5)][::-1]
    home = visitor.get("/")

    paths = [link.attrs["href"] or "" for link in home.all(".entries > li > a")]
    start = f"{resource.path}/"
    assert [path for path in paths if path.startswith(start)] == [
        f"{start}{id_}" for id_ in ids[:4]
    ]
    links = {text_of(link).lower() for link in find_all(home.main, "a")}
    assert f"all {resource.title_plural.lower()} ({api.total():,})" in links
    heading = text_of(visitor.get(resource.path).one("h1"))
    assert heading.endswith(f" {api.total():,}")


def card(page: Page, path: str) -> Any:
    """The entry in a list that leads to `path`."""
    return next(
        entry
        for entry in page.all(".entries > li")
        if find_all(entry, f'a[href="{path}"]')
    )


def assert_shown(element: Any, field: Field, value: Any) -> None:
    """A value is written for people, and its `<time>` or link for machines."""
    assert text_of(element) == shown(field, value)
    if field.type in {"date", "time", "datetime"}:
        (moment,) = find_all(element, "time")
        machine = moment.attrs.get("datetime") or text_of(moment)
        kind = {"date": date, "time": time, "datetime": datetime}[field.type]
        told = kind.fromisoformat(value)  # type: ignore[attr-defined]
        assert kind.fromisoformat(machine or "") == told  # type: ignore[attr-defined]
    if field.type in {"url", "email", "ref"}:
        (link,) = find_all(element, "a")
        assert (link.attrs["href"] or "").endswith(value if field.type != "ref" else "")
    if field.type == "choice":
        assert find_all(element, ".tag")


@pytest.mark.contract("PAGE-1", "PAGE-15")
def test_an_entry_shows_every_field(
    api: Api, visitor: Browser, resource: Resource, field: Field
) -> None:
    """`GET /books/{id}`: every field that has a value, by its type, with its label."""
    entry = api.create(**{field.name: True} if field.type == "bool" else {})
    path = f"{resource.path}/{entry['id']}"
    value = entry[field.key]["title"] if field.target else entry[field.name]
    page = visitor.get(path)

    if field.type == "text":
        assert field.label in [text_of(heading) for heading in page.all("h2")]
        assert value in [text_of(text) for text in page.all(".prose")]
    elif field == resource.title_field and field.type == "str":
        assert text_of(page.one("h1")) == value
        assert field.label not in facts(page.main)
    else:
        assert_shown(facts(page.main)[field.label], field, value)

    if field.optional or field.type == "bool":
        api.put(entry["id"], resource.entry(**{field.name: field.absent}))
        empty = visitor.get(path)
        assert field.label not in facts(empty.main)
        assert field.label not in [text_of(heading) for heading in empty.all("h2")]
        labels = {label for each in resource.fields for label in each.choice_labels}
        assert "None" not in empty.text or "None" in labels


@pytest.mark.contract("PAGE-15")
def test_a_list_shows_values_by_their_type(
    api: Api, visitor: Browser, resource: Resource, field: Field
) -> None:
    """A tag, an excerpt, or a value with its label; what is absent is left out."""
    value: Any = f"{word()} \n" * 40 if field.type == "text" else distinct(field)
    value = True if field.type == "bool" else value
    entry = api.create(**{field.name: value})
    path = f"{resource.path}/{entry['id']}"
    value = entry[field.key]["title"] if field.target else entry[field.name]
    kind = [each for each in resource.fields if each.type == field.type]
    shown_in_list = card(visitor.get(resource.path), path)
    tags = [text_of(tag) for tag in find_all(shown_in_list, ".tag")]
    texts = [text_of(text) for text in find_all(shown_in_list, "p:not(.tags)")]

    if field == resource.title_field:
        assert field.label not in facts(shown_in_list)
    elif field.type == "bool":
        assert field.label in tags
    elif field.type == "choice":
        label = "" if len(kind) == 1 else f"{field.label}: "
        assert f"{label}{shown(field, value)}" in tags
    elif field.type == "text":
        untold = [each for each in kind if each != resource.title_field]
        assert len(texts) == 1
        if field == untold[0]:
            assert texts[0].split()[0] == value.split()[0]
            assert len(texts[0]) <= 161
            assert texts[0][-1] in ".…"
    else:
        assert_shown(facts(shown_in_list)[field.label], field, value)

    if field.optional or field.type == "bool":
        api.put(entry["id"], resource.entry(**{field.name: field.absent}))
        empty = card(visitor.get(resource.path), path)
        assert field.label not in facts(empty)
        assert not any(
            tag.startswith(field.label)
            for tag in (text_of(tag) for tag in find_all(empty, ".tag"))
        )


@pytest.mark.contract("PAGE-1", "SIGN-4")
@pytest.mark.needs("accounts")
def test_the_way_in_is_for_visitors_the_way_out_for_those_signed_in(
    visitor: Browser, browser: Browser, resource: Resource
) -> None:
    """Pages lead visitors to `/login` and `/signup`, others to what they may do."""
    assert browser.get(resource.path).leads_to(f"{resource.path}/new")
    for path in ("/login", "/signup"):
        pages = [visitor.get(url) for url in ("/", resource.path, "/login")]
        assert any(page.leads_to(path) for page in pages), path
        assert not browser.get("/").leads_to(path)
    assert browser.get("/").form("/logout")


@pytest.mark.contract("PAGE-12")
def test_values_are_shown_as_text(
    api: Api, browser: Browser, resource: Resource
) -> None:
    """Text is text on every page, whatever it holds."""
    hostile = '<b x="y">\'&amp; {{ 7 * 7 }} {% x %} </title></textarea><script>'
    entry = api.create(**{field.name: hostile for field in resource.text_fields})
    path = f"{resource.path}/{entry['id']}"

    pages = [browser.get(path), browser.get(resource.path)]
    pages += [browser.get(f"{path}/edit"), browser.get(f"{path}/delete")]

    for page in pages:
        assert not page.all("script, b")
        assert page.document.errors == []
    assert hostile in pages[0].main.to_text()
    form = pages[2].form(f"{path}/edit")
    for field in resource.text_fields:
        assert form.values[field.name] == hostile


@pytest.mark.contract("PAGE-10")
@pytest.mark.parametrize(
    "path",
    [
        *("/nope", "/%00", "/index.html", "/.env", "/a%0Ab/nope"),
        *("/apix", "/health/x", "/" + "a" * 2000, "/favicon.icox"),
        *("/.git/config", "/login/nope", "/users", "/register"),
    ],
    ids=short,
)
def test_an_unknown_path_is_a_styled_404(visitor: Browser, path: str) -> None:
    """404 is a styled page with a way home."""
    page = visitor.get(visitor.base_url + path)

    assert page.status == 404
    assert page.leads_to("/")
    assert page.one('link[rel~="stylesheet"]')
    assert page.text


@pytest.mark.contract("ERR-4")
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_an_unknown_path_is_404_for_any_method(visitor: Browser, method: str) -> None:
    """404: an unknown path, or 403 for want of a CSRF token."""
    assert visitor.send(method, "/nope").status in {403, 404, 405}


@pytest.mark.contract("PAGE-9", "PAGE-10")
@pytest.mark.parametrize(
    "id_",
    ["0", "-1", "2147483647", "2147483648", "9" * 30, "abc", "1.5", "%00", "%C2%BD"],
)
def test_an_unknown_entry_is_a_styled_404(
    visitor: Browser, browser: Browser, resource: Resource, id_: str
) -> None:
    """404 for an id that is no id, or of no entry; also where it would be written."""
    page = visitor.get(f"{resource.path}/{id_}")

    assert page.status == 404
    assert page.leads_to("/")
    for suffix in ("edit", "delete"):
        written = browser.get(f"{resource.path}/{id_}/{suffix}")
        assert written.status == 404
        assert written.leads_to("/")


@pytest.mark.contract("PAGE-9", "ERR-1")
@pytest.mark.parametrize("spelling", ["{id}.0", "+{id}", "0{id}", "%20{id}", "{id}%20"])
def test_an_oddly_spelled_id_does_no_harm(
    api: Api, visitor: Browser, resource: Resource, spelling: str
) -> None:
    """The framework reads it as the id that it spells, or as none."""
    path = f"{resource.path}/{spelling.format(id=api.create()['id'])}"

    assert visitor.get(path).status in {200, 404}


@pytest.mark.contract("API-14", "OPS-10")
@pytest.mark.parametrize(
    "path",
    [
        "//nope",
        "/login/",
        "/nope/",
        "/static",
        "/static//etc/passwd",
        "/%ff",
        "{list}/",
    ],
)
def test_slashes_do_no_harm(visitor: Browser, resource: Resource, path: str) -> None:
    """Left to the framework: an answer, a redirect on this site, or a refusal."""
    page = visitor.get(visitor.base_url + path.format(list=resource.path))

    assert page.status in {200, 301, 302, 303, 307, 308, 400, 404}
    assert urlsplit(page.location).netloc == urlsplit(visitor.base_url).netloc


@pytest.mark.contract("PAGE-10")
def test_forbidden_and_unknown_pages_know_who_is_signed_in(
    api: Api, browser: Browser, stranger: Browser, resource: Resource
) -> None:
    """403 and 404 are styled pages with a way home, which know who is signed in."""
    path = f"{resource.path}/{api.create()['id']}"
    for page, status in (
        (browser.post(f"{resource.path}/new", {}), 403),
        (stranger.get(f"{path}/edit"), 403),
        (stranger.get(f"{path}/delete"), 403),
        (browser.get("/nope"), 404),
        (browser.get(f"{resource.path}/{MISSING}"), 404),
        (browser.get(f"{resource.path}/{MISSING}/edit"), 404),
        (browser.get(f"{resource.path}?page=0"), 404),
    ):
        assert page.status == status, page.url
        assert page.leads_to("/")
        assert page.one('link[rel~="stylesheet"]')
        assert text_of(page.one("h1"))
        assert page.form("/logout")
        assert not page.leads_to("/login")


@pytest.mark.contract("PAGE-11")
def test_head_works_wherever_get_does(
    api: Api, visitor: Browser, browser: Browser, resource: Resource
) -> None:
    """`HEAD` works wherever `GET` does, for pages at least."""
    path = f"{resource.path}/{api.create()['id']}"
    public = ["/", resource.path, path, "/static/style.css"]
    signed = [f"{resource.path}/new", f"{path}/edit", f"{path}/delete"]
    pairs = [(visitor, url) for url in public] + [(browser, url) for url in signed]
    for reader, url in pairs:
        head = reader.send("HEAD", url)
        get = reader.get(url)
        assert (head.status, get.status) == (200, 200), url
        assert head.response.content == b"", url
        for name in ("content-type", "content-security-policy"):
            assert head.response.headers[name] == get.response.headers[name], url
    assert visitor.send("HEAD", "/nope").status == 404


@pytest.mark.contract("OPS-8")
@pytest.mark.needs("accounts")
def test_pages_for_those_signed_in_are_not_kept(
    api: Api, browser: Browser, resource: Resource
) -> None:
    """Pages for those signed in are `private, no-store` or such; never `public`."""
    path = f"{resource.path}/{api.create()['id']}"
    for url in (
        *("/", resource.path, path, f"{resource.path}/new"),
        *(f"{path}/edit", f"{path}/delete"),
    ):
        caching = browser.get(url).response.headers.get("cache-control", "").lower()
        assert "public" not in caching, url
        assert {"private", "no-store", "no-cache"} & set(
            caching.replace(" ", "").split(",")
        ), url


@pytest.mark.contract("OPS-8")
def test_public_pages_may_be_kept(
    api: Api, visitor: Browser, resource: Resource
) -> None:
    """Public pages may be kept."""
    path = f"{resource.path}/{api.create()['id']}"
    for url in ("/", resource.path, path, "/api/docs", "/static/style.css"):
        caching = visitor.get(url).response.headers.get("cache-control", "").lower()
        assert not {"private", "no-store"} & set(caching.replace(" ", "").split(",")), (
            url
        )


@pytest.mark.contract("OPS-8")
@pytest.mark.needs("accounts")
def test_pages_know_who_reads_them(
    new_browser: Callable[..., Browser], browser: Browser
) -> None:
    """Signed in is who signed in, and nobody else."""
    assert browser.get("/").form("/logout")
    assert not any(
        urlsplit(form.action).path == "/logout" for form in new_browser().get("/").forms
    )
