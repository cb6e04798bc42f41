"""The colours that a project gets from its name: readable in each of them."""

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from coloraide import Color
from harness.projects import TEMPLATES

from scaffold import generate

NAMES = (
    "myproj",
    "Cookbook",
    "cookbook",
    "My Library",
    "blog",
    "shop",
    "a",
    "Tea-Time",
)

# What is read, on what it stands, and by how much the two must differ (WCAG 2.2, level AA).
TEXT = 4.5
CONTROL = 3.0
PAIRS = [
    *(
        (text, on, TEXT)
        for text in ("text", "muted", "accent", "danger")
        for on in ("page", "card")
    ),
    ("on-accent", "accent", TEXT),
    ("on-danger", "danger", TEXT),
    ("control", "card", CONTROL),
    ("control", "page", CONTROL),
]


def static(name: str, file: str) -> str:
    """Return one of a project's static files."""
    return written(name, f"static/{file}")


def written(name: str, path: str) -> str:
    """Return the file of a project whose path ends so."""
    project = generate("fastapi", name, dry_run=True, templates=TEMPLATES)
    return next(
        found.content.decode() for found in project.files if found.path.endswith(path)
    )


# How wide letters are in the widest serif, DejaVu Serif Bold, in hundredths of their size.
WIDE = {
    35: " ", 36: "j", 38: "il", 42: "-", 43: "f", 46: "t", 47: "IJ", 50: "_", 53: "r",
    56: "s", 57: "z", 58: "vy", 60: "x", 61: "c", 64: "e", 65: "a", 67: "o", 69: "k",
    70: "0123456789Lbdgpq", 71: "FY", 72: "S", 73: "Zhnu", 74: "T", 75: "P", 76: "E",
    78: "AVX", 80: "C", 83: "R", 85: "BG", 86: "w", 87: "DKOQU", 91: "N", 94: "H",
    106: "m", 111: "M", 112: "W",
}  # fmt: skip


def hue(style: str) -> int:
    """Return the one number that gives a stylesheet its colour."""
    (found,) = re.findall(r"--hue: (\d+);", style)
    return int(found)


def test_a_name_has_a_colour_and_an_icon_of_its_own() -> None:
    hues = {name: hue(static(name, "style.css")) for name in NAMES}

    assert all(0 <= found < 360 for found in hues.values())
    assert hues["Cookbook"] == hues["cookbook"], "writing it large changes nothing"
    others = {name: found for name, found in hues.items() if name != "cookbook"}
    assert all(one != other for one, other in combinations(others.values(), 2))
    icon = static("My Library", "icon.svg")
    assert ">M</text>" in icon
    assert f"oklch(45% 0.1 {hues['My Library']})" in icon


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_is_readable(scheme: int) -> None:
    """Whatever the hue: text, links and buttons have a contrast of 4.5, controls of 3."""
    style = static("myproj", "style.css")
    written = dict(
        re.findall(r"--([a-z-]+): light-dark\((oklch\(.+\)), oklch\(.+\)\);", style)
    )
    dark = dict(
        re.findall(r"--([a-z-]+): light-dark\(oklch\(.+\), (oklch\(.+\))\);", style)
    )
    written = dark if scheme else written
    assert {name for pair in PAIRS for name in pair[:2]} <= written.keys()

    worst: dict[tuple[str, str], float] = {}
    for number in range(360):
        colors = {
            name: Color(text.replace("var(--hue)", str(number))).convert("srgb").clip()
            for name, text in written.items()
        }
        for text, on, least in PAIRS:
            contrast = colors[text].contrast(colors[on], method="wcag21")
            worst[text, on] = min(worst.get((text, on), 21), contrast / least)
    assert min(worst.values()) >= 1, worst


def test_the_stylesheet_is_short_and_loads_nothing() -> None:
    style = static("myproj", "style.css")

    assert len(style.encode()) < 12_000
    assert re.findall(r'url\("?([^")]*)', style) == ["icon.svg"]
    assert "@import" not in style


LETTERS = [letter for letters in WIDE.values() for letter in letters]


@pytest.mark.parametrize(
    "name",
    ["a", "My Project", *("A" + letter * 49 for letter in LETTERS if letter.isalnum())],
)
def test_a_name_fits_its_banner(name: str) -> None:
    """However long and wide it is, in the widest font that a reader may have."""
    widths = {letter: wide for wide, letters in WIDE.items() for letter in letters}
    banner = ElementTree.fromstring(written(name, "docs/banner.svg"))  # noqa: S314 -- ours
    (text,) = (each for each in banner.iter() if each.get("class") == "name")
    size, start = int(text.attrib["font-size"]), int(text.attrib["x"])

    assert text.text == name
    assert 12 <= size <= 72
    right = start + size * sum(widths[letter] for letter in name) / 100
    assert right <= int(banner.attrib["width"]) - 64


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_banner_is_readable(scheme: int) -> None:
    """The name and the line below it, whatever the hue; the icon is as in the tab."""
    banner = written("myproj", "docs/banner.svg")
    assert banner.count("prefers-color-scheme: dark") == 1
    part = banner.split("@media")[scheme]
    colours = dict(re.findall(r"\.(\w+) \{ fill: oklch\((\S+ \S+) \d+\);", part))

    for angle in range(360):
        page = Color(f"oklch({colours['page']} {angle})")
        for text in ("name", "note"):
            ink = Color(f"oklch({colours[text]} {angle})")
            assert page.contrast(ink) >= TEXT, (text, angle)
