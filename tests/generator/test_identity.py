"""The colours that a project gets from its name: readable in each of them."""

import re
from itertools import combinations

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
    project = generate("fastapi", name, dry_run=True, templates=TEMPLATES)
    return next(
        found.content.decode()
        for found in project.files
        if found.path.endswith(f"static/{file}")
    )


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
