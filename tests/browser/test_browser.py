"""Every starter in a real browser: a visitor's way, the console, accessibility."""

import re
import secrets
import zlib
from ast import literal_eval
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import (  # type: ignore[import-untyped]
    AXE_SCRIPT,
)
from harness.browser import (
    PARENTS,
    PATHS,
    Watched,
    delete,
    first_entry,
    opened,
    pages_of,
    sign_in,
)
from harness.projects import matrix
from harness.servers import PASSWORD, USERNAME, App
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.browser]

# What a style sheet decides; the rest of the documentation's page is Swagger UI's own HTML.
STYLED = ["color-contrast", "link-in-text-block", "target-size"]
PHONE = {"width": 360, "height": 740}
WIDTHS = [320, 768, 1280]


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
        expect(page.locator('main a[href^="/signup"]')).to_be_visible()
        sign_up(watched, name)

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
    """Nothing at all, no violation of the policy, nothing asked elsewhere; also in the docs."""
    path = PATHS[resource]
    options: dict[str, Any] = {"color_scheme": "dark", "viewport": PHONE}
    with opened(chromium, origin, **options) as phone:
        for target in pages_of(phone, resource):
            phone.go(target)
    with opened(chromium, origin) as watched:
        sign_in(watched)
        for target in pages_of(watched, resource):
            watched.go(target)
        send_empty(watched, path)

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
    assert phone.wrong + watched.wrong == []


def send_empty(watched: Watched, path: str) -> Page:
    """Have a form come back with faults that a browser would not have sent."""
    page = watched.go(f"{path}/new")
    page.locator("main form").evaluate("form => form.noValidate = true")
    page.locator("main form").get_by_role("button").last.click()
    expect(page.locator('[aria-invalid="true"]').first).to_be_visible()
    return page


@matrix("all_types", "post_comment")
@pytest.mark.contract("PAGE-1")
@pytest.mark.check("accessibility")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    chromium: Browser, origin: str, resource: str, scheme: str
) -> None:
    """axe-core finds no violation of WCAG or of what it holds good, in light and dark."""
    found = []
    options: dict[str, Any] = {"color_scheme": scheme, "bypass_csp": True}
    with opened(chromium, origin, **options) as watched:
        for signed_in in (False, True):
            if signed_in:
                sign_in(watched)
            for target in pages_of(watched, resource):
                page = watched.go(target)
                found += violations(page)
        found += violations(send_empty(watched, PATHS[resource]))
    assert found == []


@matrix("post_comment")
@pytest.mark.contract("API-15")
@pytest.mark.check("accessibility")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_documentation_can_be_read(
    chromium: Browser, origin: str, scheme: str
) -> None:
    """Contrast and sizes, with operations open; its colours are those of the home page."""
    options: dict[str, Any] = {"color_scheme": scheme, "bypass_csp": True}
    with opened(chromium, origin, **options) as watched:
        page = watched.go("/api/docs")
        for method in ("get", "post", "delete"):
            page.locator(f".opblock-{method} .opblock-summary").first.click()
        page.get_by_role("button", name="Try it out").first.click()
        page.get_by_role("button", name="Execute").first.click()
        page.wait_for_load_state("networkidle")
        found = violations(page)
        back = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        page.get_by_role("link", name="My Project").click()
        expect(page).to_have_url(f"{origin}/")
        home = page.evaluate("() => getComputedStyle(document.body).backgroundColor")

    assert [
        text for text in found if any(f": {rule}: " in text for rule in STYLED)
    ] == []
    assert back == home


def violations(page: Page) -> list[str]:
    """What axe-core finds on a page."""
    page.evaluate(AXE_SCRIPT)
    result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
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
    """From 320 px wide there is no horizontal scroll, however long values and names are."""
    wide = []
    name = "W" * 141 + str(10**8 + secrets.randbelow(9 * 10**8))
    with opened(chromium, origin, bypass_csp=True) as watched:
        sign_up(watched, name)
        paths = [*filter(None, [PARENTS.get(resource)]), PATHS[resource]]
        for path in paths:
            add_long(watched, path)
        targets = pages_of(watched, resource)
        targets += [f"{PATHS[resource]}?q={'W' * 200}", "/login?next=/" + "w" * 200]
        for target in [*targets, ""]:
            page = watched.go(target) if target else send_long(watched, PATHS[resource])
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                real = page.evaluate("() => document.documentElement.scrollWidth")
                if real > width:
                    wide.append((page.url[:200], width, real))
        for path in reversed(paths):
            delete(watched, first_entry(watched, path))
    assert wide == []


def sign_up(watched: Watched, name: str) -> None:
    """Make an account as a person does."""
    page = watched.go("/signup")
    page.locator('main [name="username"]').fill(name)
    for control in page.locator('main [type="password"]').all():
        control.fill(PASSWORD)
    page.locator("main form").get_by_role("button").last.click()
    expect(page.get_by_role("status")).to_contain_text(name)


def fill_long(watched: Watched, path: str) -> Page:
    """Fill in a form with the longest values that it takes, in words without a break."""
    page = watched.go(f"{path}/new")
    host = ".".join(["w" * 60] * 3)
    for control in page.locator("main form input, main form textarea").all():
        kind = control.get_attribute("type") or "text"
        most = int(control.get_attribute("maxlength") or 0)
        steps = {"any": "-123456789012345.67", "0.01": "-9999999999.99"}
        long = {
            "text": "W" * most,
            "url": f"https://{host}.example.com/".ljust(most, "w"),
            "email": "w" * 64 + f"@{host}",
            "number": steps.get(control.get_attribute("step") or "", "-2147483648"),
            "date": "2026-09-30",
            "time": "22:58:58",
            "datetime-local": "2026-09-30T22:58:58",
        }
        if control.evaluate("element => element.tagName") == "TEXTAREA":
            control.fill("W" * most)
        elif kind == "checkbox":
            control.check()
        elif kind in long:
            control.fill(long[kind])
    for control in page.locator("main form select").all():
        control.select_option(index=1)
    return page


def add_long(watched: Watched, path: str) -> None:
    """Add an entry with words that do not fit."""
    page = fill_long(watched, path)
    page.locator("main form").get_by_role("button").last.click()
    expect(page.get_by_role("status")).to_contain_text("added.")


def send_long(watched: Watched, path: str) -> Page:
    """Have a form come back with such words, as one of them is too long."""
    page = fill_long(watched, path)
    page.locator("main form").evaluate("form => form.noValidate = true")
    text = page.locator("main form textarea").first
    text.evaluate("element => { element.value = 'W'.repeat(10001) }")
    page.locator("main form").get_by_role("button").last.click()
    expect(page.locator('[aria-invalid="true"]').first).to_be_visible()
    return page


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


@matrix("all_types")
@pytest.mark.contract("PAGE-1")
@pytest.mark.check("accessibility")
def test_an_entry_is_kept_by_the_keyboard_alone(
    chromium: Browser, origin: str, resource: str, prepared: App
) -> None:
    """Sign in, add an entry, mend a fault, edit it, delete it, sign out: by keys alone."""
    path = PATHS[resource]
    definition = prepared.project.definition
    title = f'main [name="{definition["title_field"]}"]'
    with opened(chromium, origin) as watched:
        page = watched.go("/")
        press(page, 'header a[href$="/login"]')
        reach(page, 'main [name="username"]')
        page.keyboard.type(USERNAME)
        reach(page, 'main [name="password"]')
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("Signed in.")

        press(page, f'header a[href$="{path}"]')
        press(page, f'main a[href$="{path}/new"]')
        for known in definition["fields"]:
            reach(page, f'main [name="{known["name"]}"]')
            type_in(page, known)
        reach(page, title, "Shift+Tab")
        page.keyboard.press("Control+A")
        page.keyboard.type("   ")
        press(page, "main form button")
        expect(page.locator(title)).to_have_attribute("aria-invalid", "true")
        reach(page, title)
        page.keyboard.press("Control+A")
        page.keyboard.type("Typed by hand")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("added.")
        entry = urlsplit(page.url).path

        press(page, f'main a[href$="{entry}/edit"]')
        reach(page, title)
        page.keyboard.press("Control+A")
        page.keyboard.type("Typed again")
        press(page, "main form button")
        expect(page.get_by_role("status")).to_contain_text("saved.")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Typed again")

        press(page, f'main a[href$="{entry}/delete"]')
        press(page, "main form button", "Space")
        expect(page.get_by_role("status")).to_contain_text("deleted.")
        press(page, 'header form[action$="/logout"] button')
        expect(page.get_by_role("status")).to_have_text("Signed out.")
    assert watched.wrong == []


def reach(page: Page, selector: str, key: str = "Tab") -> None:
    """Go to a control by the keyboard."""
    wanted = page.locator(selector).last
    expect(wanted).to_be_visible()
    for _ in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{page.url}: {key} does not reach {selector}")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    """Follow a link or press a button by the keyboard, and wait for the page."""
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press(key)


def type_in(page: Page, known: dict[str, Any]) -> None:
    """Give the control that has focus a value as this field may have it."""
    if known["input"] in {"date", "time", "datetime-local"}:
        active = "() => document.activeElement.name"
        for _ in range(10):  # each part by itself: the day, the month, …
            page.keyboard.press("ArrowUp")
            page.keyboard.press("Tab")
            if page.evaluate(active) != known["name"]:
                return
        raise AssertionError(f"{known['name']}: the keyboard does not leave it")
    if known["input"] == "select":
        page.keyboard.press("ArrowDown")
    elif known["input"] == "checkbox":
        page.keyboard.press("Space")
    else:
        page.keyboard.type(literal_eval(known["example_form"]))


@matrix("all_types")
@pytest.mark.check("accessibility")
def test_paper_gets_what_is_read(chromium: Browser, origin: str, resource: str) -> None:
    """In print there is neither header nor form; in the dark, the same is printed."""
    path = PATHS[resource]
    printed = []
    for scheme in ("light", "dark"):
        with opened(chromium, origin, color_scheme=scheme) as watched:
            sign_in(watched)
            for target in ("/", path, first_entry(watched, path)):
                page = watched.go(target)
                page.emulate_media(media="print")
                for selector in ("header", "form", ".actions", ".pages"):
                    for element in page.locator(selector).all():
                        expect(element).to_be_hidden()
                expect(page.get_by_role("heading", level=1)).to_be_visible()
            printed.append(colours(page.pdf()))
    assert printed[0] == printed[1]
    assert len(printed[0]) > 1


def colours(document: bytes) -> set[bytes]:
    """The colours that a PDF fills anything with."""
    found = set()
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", document, re.DOTALL):
        with suppress(zlib.error):
            found |= set(re.findall(rb"([\d. ]+) rg\b", zlib.decompress(stream)))
    return found


@matrix("all_types")
@pytest.mark.check("accessibility")
def test_pages_keep_their_shapes_in_the_systems_own_colours(
    chromium: Browser, origin: str, resource: str
) -> None:
    """With forced colours, what is pressed or filled in has a border, and focus is seen."""
    looks = """element => {
        const style = getComputedStyle(element);
        return {
            border: style.borderTopStyle !== 'none' && parseFloat(style.borderTopWidth) > 0,
            seen: style.borderTopColor !== getComputedStyle(document.body).backgroundColor,
            where: style.textDecorationLine !== 'none' || style.borderBottomStyle !== 'none',
        };
    }"""
    path = PATHS[resource]
    with opened(chromium, origin, forced_colors="active", bypass_csp=True) as watched:
        sign_in(watched)
        for target in (path, first_entry(watched, path), f"{path}/new"):
            page = watched.go(target)
            controls = page.locator(
                "main button, main .button, main select, main textarea,"
                " main input:not([type=hidden], [type=checkbox])"
            )
            assert controls.count()
            for control in controls.all():
                found = control.evaluate(looks)
                assert found["border"], (target, control)
                assert found["seen"], (target, control)
            current = page.locator("header [aria-current]")
            assert current.evaluate(looks)["where"], target
            page.keyboard.press("Tab")
            ring = "element => getComputedStyle(element).outlineStyle"
            assert page.locator(":focus").evaluate(ring) != "none", target


@matrix("all_types")
@pytest.mark.check("accessibility")
def test_nothing_moves(chromium: Browser, origin: str, resource: str) -> None:
    """No part of a page moves, so there is no rule for those who want less motion."""
    moving = """() => [...document.querySelectorAll('*')].filter(element => {
        const style = getComputedStyle(element);
        return style.animationName !== 'none' || style.scrollBehavior !== 'auto'
            || style.transitionDuration.split(', ').some(time => parseFloat(time) > 0);
    }).map(element => element.outerHTML.slice(0, 80))"""
    with opened(chromium, origin, bypass_csp=True) as watched:
        sign_in(watched)
        found = [
            (target, element)
            for target in pages_of(watched, resource)
            for element in watched.go(target).evaluate(moving)
        ]
    assert found == []


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
