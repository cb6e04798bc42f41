"""Pictures of a project's app with example data, light and dark, as a browser shows it."""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from scaffold.errors import PictureError
from scaffold.interrupts import held
from scaffold.project import Existing
from scaffold.readme import read, with_picture
from scaffold.serving import failure, first_page, run_program, serving

SIZE = (1024, 640)
SCHEMES = {"light": 1, "dark": 0}  # As Chromium counts them.
CARD_SIZE = (1200, 630)  # Of the picture that others show beside a link to the app.
CARD = "og.png"
DESCRIPTION = re.compile(r"^( *)<meta name=\"description\".*\n", re.MULTILINE)

BROWSERS = (
    "google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome",
    "microsoft-edge", "msedge",
)  # fmt: skip
# Where they are installed without being on the path.
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def find_browser() -> str:
    """Return the path of an installed Chrome, Chromium or Edge.

    Raises:
        PictureError: There is none.
    """
    if chosen := os.environ.get("SCAFFOLD_BROWSER"):
        return chosen
    for name in (*BROWSERS, *ELSEWHERE):
        if found := shutil.which(name):
            return found
    raise PictureError(
        "there is no Chrome or Chromium to take a picture with",
        help="install one (Debian and Ubuntu: `sudo apt install chromium`; else "
        "https://www.google.com/chrome/), or name it: SCAFFOLD_BROWSER=FILE",
    )


def take_pictures(project: Existing) -> list[str]:
    """Save pictures of a project's app, and show them where none are: in its README, and to links.

    Those of the README are in `docs/`. The one that others show beside a link to the app is among
    its static files, as its pages have to name it.

    Returns:
        The paths of the files that were written.

    Raises:
        PictureError: There is no browser, or it takes none. Nothing was written.
        AppError: The app does not start. Nothing was written.
    """
    browser = find_browser()
    # Signals wait, so that all has ended and nothing half done is left behind.
    with (
        held(),
        tempfile.TemporaryDirectory(prefix=".screenshot-", dir=project.path) as folder,
    ):
        stage = Path(folder)
        with serving(project, stage, first_page(project)) as url:
            for scheme in SCHEMES:
                _photograph(browser, url, scheme, stage / _name(scheme))
            made = {f"docs/{_name(each)}": stage / _name(each) for each in SCHEMES}
            changed = {"README.md": _with_pictures(project)}
            package = project.answers.name.package
            page = f"{package}/templates/base.html"
            if text := _with_card(project, page):
                _photograph(browser, url, "light", stage / CARD, CARD_SIZE, scale=1)
                made[f"{package}/static/{CARD}"] = stage / CARD
                changed[page] = text
        for path, text in changed.items():
            if text and text != _text(project, path):
                made[path] = stage / path.replace("/", "-")
                made[path].write_text(text, encoding="utf-8", newline="")
        (project.path / "docs").mkdir(exist_ok=True)
        for path, file in made.items():
            os.replace(file, project.path / path)
    return list(made)


def _photograph(
    browser: str,
    url: str,
    scheme: str,
    target: Path,
    size: tuple[int, int] = SIZE,
    *,
    scale: int = 2,
) -> None:
    """Save a picture of a page in a colour scheme, with so many pixels for each of the page."""
    width, height = size
    with tempfile.TemporaryDirectory(
        prefix="scaffold-browser-", ignore_cleanup_errors=True
    ) as profile:
        command = [
            browser,
            "--headless=new",
            f"--user-data-dir={profile}",
            f"--window-size={width},{height}",
            f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}",
            f"--screenshot={target}",
            f"--force-device-scale-factor={scale}",
            "--hide-scrollbars",
            "--disable-gpu",
            "--disable-extensions",
            "--no-first-run",
        ]
        if sys.platform != "win32" and os.geteuid() == 0:
            command += [
                "--no-sandbox"
            ]  # It has none for root, and opens only this page.
        _, _, errors = run_program([*command, url], target.parent, os.environ)
    if not target.exists():
        raise failure(browser, errors)


def _with_pictures(project: Existing) -> str:
    """Return the README with the pictures, or nothing where it has one, or is not there."""
    text = _text(project, "README.md")
    if not text or read(text).shows_picture(project.path):
        return ""
    label = project.values["_resource"]["label_plural"]
    return with_picture(
        text,
        light=f"docs/{_name('light')}",
        dark=f"docs/{_name('dark')}",
        alt=f"{project.answers.name.text}, with a list of {label}",
    )


def _with_card(project: Existing, page: str) -> str:
    """Return the page that all others extend with the picture for links, or nothing.

    There is none where the app has no pages, or its owner has left the description out.
    """
    text = _text(project, page)
    line = project.values.get("__card", "")
    if line and "og:image" in text:  # It may be one of the owner's.
        return text if CARD in text else ""
    found = DESCRIPTION.search(text)
    if not line or not found:
        return ""
    return f"{text[: found.end()]}{found[1]}{line}\n{text[found.end() :]}"


def _text(project: Existing, path: str) -> str:
    """Return what a file says; nothing where there is none."""
    try:
        return (project.path / path).read_bytes().decode()
    except FileNotFoundError:
        return ""


def _name(scheme: str) -> str:
    return f"screenshot-{scheme}.png"
