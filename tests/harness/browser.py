"""Chromium as the tests drive it: where it is, a page that is watched, ways through an app."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from .servers import PASSWORD, USERNAME

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATHS = {"book": "/books", "all_types": "/samples", "post_comment": "/comments"}
PARENTS = {"post_comment": "/posts"}


def executable() -> str:
    """Where the system's Chromium is."""
    names = ["chromium", "chromium-browser", "google-chrome"]
    found = next(filter(None, map(shutil.which, names)), None)
    return found or pytest.skip("there is no Chromium here (apt-get install chromium)")


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
        self.page.on("response", self.answered)

    def heard(self, kind: str, text: str) -> None:
        """Note whatever is said on the console, but not an error page's status."""
        if "the server responded with" not in text:
            self.wrong.append(f"{self.page.url}: {kind}: {text}")

    def answered(self, response: Response) -> None:
        """Note an error that is no page, where a page needs more than itself."""
        if response.status >= 400 and response.request.resource_type != "document":
            self.wrong.append(f"{self.page.url}: {response.status}: {response.url}")

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


def delete(watched: Watched, entry: str) -> None:
    """Delete an entry."""
    page = watched.go(f"{entry}/delete")
    page.locator("main form").get_by_role("button").last.click()
    expect(page.get_by_role("status")).to_contain_text("deleted.")
