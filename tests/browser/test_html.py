"""html-validate on every sort of page, as the server sends it."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from contract.client import WRONG, Browser, Page, find_all
from harness.node import JUDGES, judges, node
from harness.projects import matrix
from harness.servers import OTHER, PASSWORD, USERNAME, App

pytestmark = pytest.mark.slow


@matrix("book", "all_types", "post_comment")
@pytest.mark.contract("PAGE-1")
@pytest.mark.check("valid HTML")
def test_every_page_is_valid_html(prepared: App, base_url: str, tmp_path: Path) -> None:
    """No error in what html-validate recommends: signed in and not, errors too."""
    prepared.seed()  # other tests may delete all
    home = judges()
    folder = tmp_path / "pages"
    folder.mkdir()
    statuses = set()
    for number, page in enumerate(sent(prepared, base_url)):
        statuses.add(page.status)
        if not page.url.endswith("/api/docs"):
            assert page.one("footer")
            for known in ("description", "theme-color"):
                assert page.one(f'meta[name="{known}"]').attrs["content"]
        name = page.url.removeprefix(base_url).strip("/").replace("/", "-")
        file = folder / f"{number:02}-{page.status}-{name[:40].replace('?', '-')}.html"
        file.write_text(page.response.text, encoding="utf-8")
    assert statuses >= {200, 403, 404, 422, 429}
    assert statuses & {500, 503}

    verdict = tmp_path / "verdict.json"
    said = node(
        home,
        "node_modules/html-validate/bin/html-validate.mjs",
        *("--config", str(JUDGES / "htmlvalidate.mjs")),
        *("--formatter", f"json={verdict}", f"{folder}/*.html"),
    )

    assert verdict.exists(), said.stdout + said.stderr
    found = [
        f"{Path(file['filePath']).name}:{fault['line']}: {fault['ruleId']}: "
        f"{fault['message']} {fault.get('selector') or ''}"
        for file in json.loads(verdict.read_text("utf-8"))
        for fault in file["messages"]
    ]
    assert not found, "\n".join(found)
    assert said.returncode == 0, said.stdout + said.stderr


def sent(app: App, url: str) -> Iterator[Page]:
    """Every sort of page, as visitors, the owner and others get it."""
    paths = [f"/{each['url']}" for each in app.project.definitions]
    with closing(Browser(url)) as browser:
        for path in ("/", "/login", "/signup", "/api/docs", "/nope", "/books?page=-"):
            yield browser.get(path)
        yield browser.post("/login", {})  # without the token that a form carries
        yield browser.try_to_sign_up("", "short")
        for path in paths:
            page = browser.get(path)
            (here,) = find_all(page.one("header"), "[aria-current]")
            assert here.attrs["href"] == path, "the part of the app that one is in"
            yield page
            yield browser.get(f"{path}?q=nothing+like+this")
            yield browser.get(f"{path}?page=99")
            yield browser.get(first(browser, path))

    with closing(Browser(url)) as browser:
        browser.sign_in(USERNAME, PASSWORD)
        yield browser.get("/")
        for definition, path in zip(app.project.definitions, paths, strict=True):
            entry = first(browser, path)
            for shown in (path, entry, f"{path}/new", f"{entry}/edit"):
                yield browser.get(shown)
            yield browser.get(f"{entry}/delete")
            form = browser.get(f"{path}/new").form(f"{path}/new")
            names = [known["name"] for known in definition["fields"]]
            yield form.submit(dict.fromkeys(names, ""))
            yield form.submit(dict.fromkeys(names, "<b>?" * 3000))  # too long
            form = browser.get(f"{entry}/edit").form(f"{entry}/edit")
            yield form.submit().follow()  # says what was done
            yield browser.get(f"{path}/2147483647")

    with closing(Browser(url)) as browser:
        browser.sign_in(OTHER, PASSWORD)
        yield browser.get(first(browser, paths[0]))
        yield browser.get(f"{first(browser, paths[0])}/edit")

    with closing(Browser(url)) as browser:
        form = browser.get("/login").form("/login")
        for _ in range(11):
            page = form.submit({"username": "nobody", "password": WRONG})
        yield page
        with broken(app):
            yield Page(browser, browser.http.get(paths[0]))


@contextmanager
def broken(app: App) -> Iterator[None]:
    """Have the first list fail, as its table is not there."""
    names = {known["name"] for known in app.project.definition["fields"]}
    (table,) = [t for t, columns in app.tables().items() if names <= {*columns}]
    app.execute(f'ALTER TABLE "{table}" RENAME TO "kept"')
    try:
        yield
    finally:
        app.execute(f'ALTER TABLE "kept" RENAME TO "{table}"')


def first(browser: Browser, path: str) -> str:
    """The path of the first entry of a list."""
    page = browser.get(path)
    (found, *_) = [
        link.removeprefix(browser.base_url.rstrip("/"))
        for link in page.links
        if link.removeprefix(browser.url(path) + "/").isdigit()
    ]
    return found
