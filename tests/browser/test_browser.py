"""Every starter in a real browser: a visitor's way, the console, accessibility."""

import secrets
import shutil
from ast import literal_eval
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import (  # type: ignore[import-untyped]
    AXE_SCRIPT,
)
from harness.projects import matrix
from harness.servers import PASSWORD, USERNAME, App
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = [pytest.mark.slow, pytest.mark.browser]


ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATHS = {"book": "/books", "all_types": "/samples", "post_comment": "/comments"}
PARENTS = {"post_comment": "/posts"}
WIDTHS = [320, 768, 1280]


@dataclass
class Watched:
    """A page, and all that went wrong on it."""

    page: Page
    origin: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen to the console, the scripts and the network."""
        self.page.on("console", lambda message: self.heard(message.type, message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on(
            "requestfailed", lambda request: self.failed(request.url, request.failure)
        )
        self.page.on("request", lambda request: self.asked(request.url))

    def heard(self, kind: str, text: str) -> None:
        """Note an error or a warning of the console, but not an error page's status."""
        if kind in {"error", "warning"} and "the server responded with" not in text:
            self.wrong.append(f"{self.page.url}: {kind}: {text}")

    def failed(self, url: str, why: str | None) -> None:
        """Note a request that got no answer, but for want of waiting."""
        if why != "net::ERR_ABORTED":  # the page was left before its icon came
            self.wrong.append(f"{self.page.url}: failed: {url}: {why}")

    def asked(self, url: str) -> None:
        """Note a request to another site."""
        if not url.startswith((self.origin + "/", "data:", "blob:")):
            self.wrong.append(f"{self.page.url}: asked elsewhere: {url}")

    def go(self, path: str) -> Page:
        """Visit a page of the app."""
        self.page.goto(self.origin + path, wait_until="load")
        return self.page


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    names = ["chromium", "chromium-browser", "google-chrome"]
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        pytest.skip("there is no Chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def origin(base_url: str, prepared: App) -> str:
    """The app's address; browsers take Secure cookies from localhost over HTTP."""
    prepared.seed()  # other tests may delete all
    return base_url.replace("127.0.0.1", "localhost")


@contextmanager
def opened(browser: Browser, origin: str, **options: Any) -> Iterator[Watched]:
    """A page with cookies of its own."""
    context = browser.new_context(**options)
    context.set_default_timeout(20_000)
    try:
        yield Watched(context.new_page(), origin)
    finally:
        context.close()


def sign_in(watched: Watched) -> None:
    """Sign in as a person does."""
    page = watched.go("/login")
    page.get_by_label("User name").or_(page.get_by_label("Username")).fill(USERNAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button").click()
    expect(page.get_by_role("status")).to_have_text("Signed in.")


def first_entry(watched: Watched, path: str) -> str:
    """The path of the newest entry."""
    return entry_on(watched.go(path), path)


def entry_on(page: Page, path: str) -> str:
    """The path of the first entry of a list's that a page leads to."""
    links = page.locator(f'main a[href^="{path}/"], main a[href*="{path}/"]')
    for link in links.all():
        target = urlsplit(link.get_attribute("href") or "").path
        if target.rpartition("/")[2].isdigit():
            return target
    raise AssertionError("the page leads to no entry")


def pages_of(watched: Watched, resource: str) -> list[str]:
    """The paths of every sort of page, of an entry's parent too."""
    path = PATHS[resource]
    entry = first_entry(watched, path)
    pages = [
        *("/", path, f"{path}?q=nothing+like+this", entry, f"{path}/new"),
        *(f"{entry}/edit", f"{entry}/delete", "/login", "/signup", "/nope"),
    ]
    if up := PARENTS.get(resource):
        parent = entry_on(watched.go(entry), up)
        query = f"{up.strip('/').removesuffix('s')}_id={parent.rpartition('/')[2]}"
        pages += [parent, f"{parent}/delete", f"{path}?{query}", f"{path}/new?{query}"]
    return pages


@matrix("book", "all_types")
@pytest.mark.contract("PAGE-1", "PAGE-4", "PAGE-8")
@pytest.mark.check("browser")
def test_a_visitor_signs_in_and_keeps_an_entry(
    chromium: Browser, origin: str, resource: str, prepared: App
) -> None:
    """Sign in, add an entry, see a fault beside its field, edit it, delete it."""
    path = PATHS[resource]
    definition = prepared.project.definition
    title = definition["title_field"]
    with opened(chromium, origin) as watched:
        page = watched.go(f"{path}/new")
        assert urlsplit(page.url).path == "/login"
        sign_in(watched)

        page = watched.go(f"{path}/new")
        for known in definition["fields"]:
            control = page.locator(f'main [name="{known["name"]}"]')
            if known["input"] == "select":
                control.select_option(index=1)
            elif known["input"] != "checkbox":
                control.fill(literal_eval(known["example_form"]))
        page.locator(f'main [name="{title}"]').fill("   ")
        save = page.locator("main form").get_by_role("button").last
        save.click()

        control = page.locator(f'main [name="{title}"]')
        expect(control).to_have_attribute("aria-invalid", "true")
        described = (control.get_attribute("aria-describedby") or "").split()
        message = page.locator(f'[id="{described[-1]}"]')
        expect(message).to_be_visible()
        boxes = control.bounding_box(), message.bounding_box()
        assert boxes[0]
        assert boxes[1]
        assert abs(boxes[1]["y"] - boxes[0]["y"]) < 120, "beside its field"

        control.fill("Typed by hand")
        page.locator("main form").get_by_role("button").last.click()
        expect(page.get_by_role("status")).to_contain_text("added.")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Typed by hand")
        entry = urlsplit(page.url).path

        page.locator(f'main a[href$="{entry}/edit"]').click()
        page.locator(f'main [name="{title}"]').fill("Typed again")
        page.locator("main form").get_by_role("button").last.click()
        expect(page.get_by_role("status")).to_contain_text("saved.")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Typed again")

        page.locator(f'main a[href$="{entry}/delete"]').click()
        expect(page.locator("main")).to_contain_text("Typed again")
        page.locator("main form").get_by_role("button").last.click()
        expect(page.get_by_role("status")).to_contain_text("deleted.")
        assert urlsplit(page.url).path == path

        page.locator('form[action$="/logout"]').get_by_role("button").click()
        expect(page.get_by_role("status")).to_have_text("Signed out.")
    assert watched.wrong == []


@matrix("post_comment")
@pytest.mark.contract("REF-5", "REF-6", "REF-9", "REF-10")
@pytest.mark.check("browser")
def test_a_comment_is_added_on_its_posts_page(chromium: Browser, origin: str) -> None:
    """The post is chosen already, crumbs lead back to it, and it is kept."""
    with opened(chromium, origin) as watched:
        sign_in(watched)
        page = watched.go("/posts/new")
        page.locator('main [name="title"]').fill("On typing")
        page.locator('main [name="body"]').fill("It is done by hand.")
        page.locator("main form").get_by_role("button").last.click()
        expect(page.get_by_role("status")).to_contain_text("added.")
        post = urlsplit(page.url).path

        page.get_by_role("link", name="Add a comment").press("Enter")
        chosen = page.get_by_label("Post")
        expect(chosen).to_have_value(post.rpartition("/")[2])
        expect(chosen.locator("option:checked")).to_have_text("On typing")
        page.get_by_label("Body").fill("By both, I hope.")
        page.get_by_label("Body").press("Tab")
        page.locator("main form").get_by_role("button").last.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Comment added.")
        comment = urlsplit(page.url).path

        crumbs = page.get_by_role("navigation", name="Breadcrumb")
        expect(crumbs.get_by_role("link").first).to_have_text("Posts")
        crumbs.get_by_role("link", name="On typing").click()
        assert urlsplit(page.url).path == post
        expect(page.locator(f'main a[href$="{comment}"]').first).to_be_visible()
        page.locator(f'main a[href$="{post}/delete"]').click()
        expect(page.locator("main")).to_contain_text("1 comment")
        expect(page.locator("main").get_by_role("button")).to_have_count(0)
        delete(watched, comment)
        delete(watched, post)
    assert watched.wrong == []


@matrix("book")
@pytest.mark.contract("SIGN-4", "OWN-1", "OWN-2")
@pytest.mark.check("browser")
def test_a_visitor_makes_an_account(
    chromium: Browser, origin: str, resource: str
) -> None:
    """Sign up, add an entry; what others own can be read only."""
    path = PATHS[resource]
    name = f"visitor{secrets.randbelow(10**9)}"
    with opened(chromium, origin) as watched:
        theirs = first_entry(watched, path)
        page = watched.go("/login")
        page.locator('main a[href^="/signup"]').click()
        page.locator('main [name="username"]').fill(name)
        for control in page.locator('main [type="password"]').all():
            control.fill(PASSWORD)
        page.locator("main form").get_by_role("button").last.click()
        expect(page.get_by_role("status")).to_contain_text(name)

        page = watched.go(theirs)
        expect(page.locator(f'a[href$="{theirs}/edit"]')).to_have_count(0)
        assert page.goto(f"{origin}{theirs}/edit").status == 403  # type: ignore[union-attr]
        expect(page.get_by_role("heading", level=1)).to_be_visible()

        page = watched.go(f"{path}/new")
        page.locator('main [name="title"]').fill("A visitor's own")
        page.locator('main [name="author"]').fill("A visitor")
        page.locator("main form").get_by_role("button").last.click()
        expect(page.locator("main")).to_contain_text(name)
        delete(watched, urlsplit(page.url).path)
    assert watched.wrong == []


@matrix("book")
@pytest.mark.contract("PAGE-1", "OPS-7")
@pytest.mark.check("browser")
def test_no_page_has_errors_on_the_console(
    chromium: Browser, origin: str, resource: str
) -> None:
    """No error, no violation of the policy, nothing asked elsewhere; also in the docs."""
    path = PATHS[resource]
    with opened(chromium, origin) as watched:
        sign_in(watched)
        for target in pages_of(watched, resource):
            watched.go(target)

        page = watched.go("/api/docs")
        for method in ("GET", "POST"):
            row = page.locator("#swagger-ui, body").get_by_text(f"/api{path}")
            expect(row.first).to_be_visible()
            expect(page.get_by_text(method, exact=True).first).to_be_visible()
        listing = page.locator(".opblock-get").get_by_text(f"/api{path}", exact=True)
        listing.first.click()
        page.get_by_role("button", name="Try it out").first.click()
        page.get_by_role("button", name="Execute").first.click()
        expect(page.get_by_text("page_size").first).to_be_visible()
        page.wait_for_load_state("networkidle")
    assert watched.wrong == []


@matrix("all_types", "post_comment")
@pytest.mark.contract("PAGE-1")
@pytest.mark.check("accessibility")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    chromium: Browser, origin: str, resource: str, scheme: str
) -> None:
    """axe-core finds no violation of WCAG A and AA, in light and dark."""
    found = []
    options: dict[str, Any] = {"color_scheme": scheme, "bypass_csp": True}
    with opened(chromium, origin, **options) as watched:
        for signed_in in (False, True):
            if signed_in:
                sign_in(watched)
            for target in pages_of(watched, resource):
                page = watched.go(target)
                found += violations(page)
        page = watched.go(f"{PATHS[resource]}/new")
        page.locator("main form").evaluate("form => form.noValidate = true")
        page.locator("main form").get_by_role("button").last.click()
        expect(page.locator('[aria-invalid="true"]').first).to_be_visible()
        found += violations(page)
    assert found == []


def violations(page: Page) -> list[str]:
    """What axe-core finds on a page."""
    page.evaluate(AXE_SCRIPT)
    rules = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    result = page.evaluate("options => axe.run(document, options)", rules)
    return [
        f"{page.url}: {violation['id']}: {node['html']} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


@matrix("all_types", "post_comment")
@pytest.mark.contract("PAGE-1")
@pytest.mark.check("accessibility")
def test_nothing_is_wider_than_the_screen(
    chromium: Browser, origin: str, resource: str
) -> None:
    """From 320 px wide there is no horizontal scroll."""
    wide = []
    for width in WIDTHS:
        viewport = {"width": width, "height": 800}
        options: dict[str, Any] = {"viewport": viewport, "bypass_csp": True}
        with opened(chromium, origin, **options) as watched:
            sign_in(watched)
            paths = [*filter(None, [PARENTS.get(resource)]), PATHS[resource]]
            for path in paths:
                add_long(watched, path)
            for target in pages_of(watched, resource):
                page = watched.go(target)
                real = page.evaluate("() => document.documentElement.scrollWidth")
                if real > width:
                    wide.append((target, width, real))
            for path in reversed(paths):
                delete(watched, first_entry(watched, path))
    assert wide == []


def add_long(watched: Watched, path: str) -> None:
    """Add an entry with words that do not fit."""
    page = watched.go(f"{path}/new")
    for control in page.locator("main form input, main form textarea").all():
        kind = control.get_attribute("type") or "text"
        long = {
            "text": "W" * 200,
            "url": "https://example.com/" + "w" * 400,
            "email": "w" * 60 + "@" + "w" * 60 + ".example.com",
            "number": "2147483647",
            "date": "2026-01-31",
            "time": "12:30:15",
            "datetime-local": "2026-01-31T12:30:15",
        }
        if control.evaluate("element => element.tagName") == "TEXTAREA":
            control.fill("W" * 300)
        elif kind in long:
            control.fill(long[kind])
    for control in page.locator("main form select").all():
        control.select_option(index=1)
    page.locator("main form").get_by_role("button").last.click()
    expect(page.get_by_role("status")).to_contain_text("added.")


def delete(watched: Watched, entry: str) -> None:
    """Delete an entry."""
    page = watched.go(f"{entry}/delete")
    page.locator("main form").get_by_role("button").last.click()
    expect(page.get_by_role("status")).to_contain_text("deleted.")


@matrix("all_types", "post_comment")
@pytest.mark.contract("PAGE-1")
@pytest.mark.check("accessibility")
def test_the_keyboard_is_enough(chromium: Browser, origin: str, resource: str) -> None:
    """Tab reaches the skip link first; focus can be seen on everything it reaches."""
    focus = """() => {
        const element = document.activeElement, style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        return {
            name: element.tagName, type: element.getAttribute('type'), text: element.textContent.trim().slice(0, 40),
            href: element.getAttribute('href'),
            ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
                || style.boxShadow !== 'none',
            seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0
                && box.top < innerHeight && box.left < innerWidth,
        };
    }"""
    with opened(chromium, origin, bypass_csp=True) as watched:
        sign_in(watched)
        for target in pages_of(watched, resource):
            page = watched.go(target)
            page.keyboard.press("Tab")
            first = page.evaluate(focus)
            assert first["href"] == "#main", target
            reached = 0
            while (now := page.evaluate(focus))["name"] != "BODY" and reached < 60:
                # Chromium marks the part of a date that has focus, not the whole.
                parts = str(now["type"]).startswith(("date", "time"))
                assert now["ring"] or parts, (target, now)
                assert now["seen"], (target, now)
                page.keyboard.press("Tab")
                reached += 1
            assert reached > 3, target

        page = watched.go("/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/#main")  # a busy browser needs a moment


@matrix("book")
@pytest.mark.check("browser")
def test_pages_can_be_shown_off(
    chromium: Browser,
    origin: str,
    framework: str,
    resource: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    """Screenshots of the main pages, in light and dark, wide and narrow."""
    wanted: Path | None = request.config.getoption("--screenshots")
    folder = wanted or tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    sizes = [(1280, 800), (360, 740)]
    for scheme in ("light", "dark") if wanted else ("light",):
        for width, height in sizes if wanted else sizes[:1]:
            options: dict[str, Any] = {
                "color_scheme": scheme,
                "viewport": {"width": width, "height": height},
            }
            with opened(chromium, origin, **options) as watched:
                sign_in(watched)
                entry = first_entry(watched, PATHS[resource])
                for name, target in (
                    ("home", "/"),
                    ("list", PATHS[resource]),
                    ("entry", entry),
                    ("form", f"{entry}/edit"),
                    ("docs", "/api/docs"),
                ):
                    page = watched.go(target)
                    page.wait_for_load_state("networkidle")
                    file = f"{framework}-{resource}-{name}-{scheme}-{width}.png"
                    page.screenshot(path=folder / file)
                    assert (folder / file).stat().st_size > 2000
