"""A read-only copy of an app's public pages, with example data, for a host of plain files.

What needs a server is off in it, and a line on each page says so. All links are relative, so
that it works in any folder of any host.
"""

import os
import re
import tempfile
from collections import deque
from collections.abc import Iterator
from html import escape, unescape
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

from scaffold.errors import AppError, TargetError
from scaffold.interrupts import due, held
from scaffold.project import Existing
from scaffold.serving import serving
from scaffold.words import in_words

MOST_PAGES = 1_000
WORKFLOW = ".github/workflows/pages.yml"

# A tag with an address, or a form; in texts and values `<` is escaped.
TAG = re.compile(r"<(a|form|img|link)\b[^>]*>", re.IGNORECASE)
ADDRESS = re.compile(r'\s+(href|src)="([^"]*)"', re.IGNORECASE)
# The picture for links, whose address has the host in it: that of the copy is not known.
CARD = re.compile(r'\n *<meta property="og:image"[^>]*>', re.IGNORECASE)
MAIN = re.compile(r"<main\b[^>]*>", re.IGNORECASE)


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: where one leads, a page of its own is."""

    def redirect_request(self, *_: object) -> None:
        return None


OPENER = build_opener(ProxyHandler({}), _Stay())


class Answer(NamedTuple):
    """What the app answered: its media type, and its content."""

    media_type: str
    content: bytes


class _Look(HTMLParser):
    """What a page links to, and whether it needs a server: to post to, or for a script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.needs_server = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag in {"a", "img", "link"} and (
            link := known.get("href", known.get("src"))
        ):
            self.links.append(link)
        posts = tag == "form" and known.get("method", "").lower() == "post"
        self.needs_server |= posts or tag == "script"


def copy_pages(project: Existing, target: Path) -> int:
    """Save a copy of the pages that everybody may see, as they are for one not signed in.

    Args:
        project: The project, which is installed in its `.venv`.
        target: The folder to make.

    Returns:
        How many pages there are.

    Raises:
        TargetError: The folder is there already, or cannot be made.
        AppError: The app does not start, or has no pages. Nothing was written.
    """
    if os.path.lexists(target):
        raise TargetError(
            f"{target} exists already",
            help="remove it first, or name another folder: --output-dir",
        )
    if not target.parent.is_dir():
        raise TargetError(f"there is no folder {target.parent}", help="make it first")
    if not any(project.values.get("__pages", ["pages"])):
        raise AppError(
            f"{project.answers.name.text} has no pages, but an API alone",
            help="take a picture of its documentation: scaffold screenshot",
        )
    # Signals wait, so that all has ended and nothing half done is left behind.
    with (
        held(),
        tempfile.TemporaryDirectory(prefix=".show-", dir=target.parent) as folder,
    ):
        stage = Path(folder)
        with serving(project, stage, "/") as start:
            found = dict(_crawl(start))
        made = stage / "site"
        for path, content in _files(found, start, _note(project)):
            file = made / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        os.rename(made, target)
    return sum(answer.media_type == "text/html" for answer in found.values())


def add_workflow(project: Existing) -> bool:
    """Write the workflow that puts the folder `site` on GitHub Pages, unless there is one."""
    file = project.path / WORKFLOW
    if os.path.lexists(file):
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    text = files("scaffold").joinpath("pages.yml").read_text(encoding="utf-8")
    with file.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
    return True


def _crawl(start: str) -> Iterator[tuple[str, Answer]]:
    """Yield what the start page leads to on this host: pages without forms to post, and files."""
    waiting, seen = deque([start]), {start}
    pages = 0
    while waiting:
        url = waiting.popleft()
        answer = _ask(url)
        links = []
        if answer and answer.media_type == "text/html":
            look = _Look(answer.content.decode())
            if look.needs_server:
                continue
            links = [urldefrag(urljoin(url, link)).url for link in look.links]
            pages += 1
        if answer is None:
            continue
        if due() or pages > MOST_PAGES:
            raise AppError(f"there are more than {MOST_PAGES:,} pages to copy")
        yield url, answer
        for link in links:
            if urlsplit(link)[:2] == urlsplit(start)[:2] and link not in seen:
                seen.add(link)
                waiting.append(link)


def _ask(url: str) -> Answer | None:
    """Return what the app answers, unless that is an error or leads elsewhere."""
    try:
        with OPENER.open(url, timeout=30) as response:
            return Answer(response.headers.get_content_type(), response.read())
    except HTTPError as error:
        error.close()
        return None
    except OSError as error:
        raise AppError(f"the app does not answer {url}: {error}") from error


def _files(
    found: dict[str, Answer], start: str, note: str
) -> Iterator[tuple[str, bytes]]:
    """Yield each file of the copy: its path and its content."""
    places = {url: _place(url, answer) for url, answer in found.items()}
    for url, answer in found.items():
        content = answer.content
        if answer.media_type == "text/html":
            text = TAG.sub(
                lambda tag, url=url: _rewritten(tag, url, places),  # type: ignore[misc]
                content.decode(),
            )
            text = MAIN.sub(
                lambda tag: f"{tag[0]}\n{note}", CARD.sub("", text), count=1
            )
            content = text.encode()
        yield places[url], content


def _place(url: str, answer: Answer) -> str:
    """Return where an answer is kept: `/books?page=2` in `books/page-2/index.html`."""
    parts = urlsplit(url)
    path = parts.path.strip("/")
    if answer.media_type != "text/html":
        return path
    words = [f"{name}-{value}" for name, value in sorted(parse_qsl(parts.query))]
    folders = [path, *(re.sub(r"[^\w-]", "_", word) for word in words)]
    return "/".join([*filter(None, folders), "index.html"])


def _rewritten(tag: re.Match[str], url: str, places: dict[str, str]) -> str:
    """Return a tag for the copy: a form does nothing, and a link leads to a file or nowhere."""
    if tag[1].lower() == "form":
        return f"<form inert{tag[0][5:]}"

    def address(found: re.Match[str]) -> str:
        if found[2].startswith("#"):
            return found[0]
        target = urljoin(url, unescape(found[2]))
        page, fragment = urldefrag(target)
        if urlsplit(target)[:2] != urlsplit(url)[:2]:
            return found[0]
        if page not in places:
            return ""
        here = PurePosixPath(places[url]).parent
        link = os.path.relpath(places[page], here).replace(os.sep, "/")
        link = link.removesuffix("index.html") or "./"
        return f' {found[1]}="{escape(link)}{"#" * bool(fragment)}{fragment}"'

    return ADDRESS.sub(address, tag[0])


def _note(project: Existing) -> str:
    """Return the line that says what is off."""
    off = ["searching", "changing entries"]
    off += ["signing in"] if any(project.values.get("__accounts", ["yes"])) else []
    off += ["the API"] if any(project.values.get("__api", ["yes"])) else []
    return (
        '<p class="message" role="note">This is a read-only copy with example data: '
        f"{in_words(off)} are off.</p>"
    )
