"""Build the documentation's site in build/site, and check it.

    python scripts/website.py

Its pages are docs/*.md, CONTRIBUTING.md and CHANGELOG.md, and a reference that is made from the
commands themselves. It fails on any of Zensical's warnings, and on any link or picture of a
finished page that leads nowhere within the site or would be fetched from elsewhere.
"""

import html
import inspect
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import click
from click.testing import CliRunner

from scaffold.cli import cli
from scaffold.cli.create import framework_command
from scaffold.frameworks import load_frameworks

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = ROOT / "build" / "docs"
SITE = ROOT / "build" / "site"

# Documents beside docs/ that are pages too.
OTHERS = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}

COMMANDS = """\
# Commands and options

What each command says with `--help` (or `-h`), written from the commands themselves.
[The command line](cli.md) explains them.
"""


def write_pages() -> None:
    """Put all pages into one folder."""
    shutil.rmtree(PAGES, ignore_errors=True)
    shutil.copytree(DOCS, PAGES)
    for name, page in OTHERS.items():
        shutil.copy(ROOT / name, PAGES / page)
    for path in PAGES.rglob("*.md"):
        path.write_text(as_page(path.read_text(encoding="utf-8")), encoding="utf-8")
    (PAGES / "commands.md").write_text(reference(), encoding="utf-8")


def as_page(text: str) -> str:
    """Return a document as a page: its links lead to pages, its tables are Python-Markdown's."""
    for name, page in OTHERS.items():
        text = text.replace(f"](../{name}", f"]({page}")
    text = text.replace("](docs/", "](")
    # GitHub needs a backslash before a bar within code of a table; here it would be shown.
    return re.sub(
        r"^\|.*",
        lambda row: re.sub("`[^`]+`", lambda code: code[0].replace(r"\|", "|"), row[0]),
        text,
        flags=re.MULTILINE,
    )


def reference() -> str:
    """Return the page of all commands."""
    group = click.Context(cli, info_name="scaffold")
    frameworks = load_frameworks(ROOT / "templates")
    starters = {each.title: framework_command(each) for each in frameworks}
    listed = CliRunner().invoke(cli, ["list"], catch_exceptions=False).output
    return "".join(
        [
            COMMANDS,
            command("scaffold", cli, {"": cli}, group),
            command("scaffold FRAMEWORK", cli, starters, group),
            *(
                command(f"scaffold {name}", cli, {"": each}, group)
                for name, each in sorted(cli.commands.items())
            ),
            f"\n## What `scaffold list` says\n\n```text\n{listed}```\n",
        ]
    )


def command(
    title: str,
    parent: click.Group,
    variants: dict[str, click.Command],
    group: click.Context,
) -> str:
    """Return the section of a command, or of several that differ in a few options.

    Args:
        title: Its heading, and what one types.
        parent: The group that has it.
        variants: The commands by what distinguishes them, such as a framework's title.
        group: The context of the group.
    """
    first = next(iter(variants.values()))
    context = (
        group if first is parent else click.Context(first, group, title.split()[-1])
    )
    words = " ".join([title, *first.collect_usage_pieces(context)])
    about = inspect.cleandoc(first.help or "")
    if len(variants) > 1:
        names = ", ".join(each.name or "" for each in variants.values())
        about = f"Generate a project in a new folder called NAME. FRAMEWORK is {names}."
    rows = "".join(f"| {' | '.join(row)} |\n" for row in options(variants))
    return (
        f"\n## {title}\n\n```text\n{words}\n```\n\n{prose(about)}\n"
        + f"\n| option | means | default |\n|---|---|---|\n{rows}" * bool(rows)
    )


def options(variants: dict[str, click.Command]) -> Iterator[tuple[str, str, str]]:
    """Yield what is typed for each option, what it means, and what it is by default."""
    having: dict[tuple[str, str], list[str]] = {}
    for variant, each in variants.items():
        context = click.Context(each)
        for option in each.params:
            if isinstance(option, click.Option):
                record = option.get_help_record(context)
                having.setdefault(record or ("", ""), []).append(variant)
    for (name, help_), those in having.items():
        text, _, default = help_.removesuffix("]").partition("  [default: ")
        dashes = "--" * (" / --no-" in name)
        only = f" (only with {' and '.join(those)})" * (len(those) < len(variants))
        yield f"`{name}`", prose(text) + only, f"`{dashes}{default}`" * bool(default)


def prose(text: str) -> str:
    """Return words of a help text as Markdown that shows just these."""
    return re.sub(r"([\\*_\[\]|])", r"\\\1", html.escape(text, quote=False))


class Page(HTMLParser):
    """A finished page: what may be linked to in it, and what it links to or loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(
        self, tag: str, attributes: list[tuple[str, str | None]]
    ) -> None:
        """Take an element's attributes that matter."""
        found = {name: value or "" for name, value in attributes}
        if "id" in found:
            self.ids.add(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif address := found.get("src") or (tag == "link" and found.get("href")):
            self.loads.append(address)
        if tag == "source" and "srcset" in found:
            self.loads += [each.split()[0] for each in found["srcset"].split(",")]


def faults(site: Path) -> Iterator[str]:
    """Yield each link of a site that leads nowhere in it, and whatever comes from elsewhere."""
    pages = {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in site.rglob("*.html")
    }
    for name, page in sorted(pages.items()):
        if name == "404.html":  # It may stand at any address.
            continue
        for address in [*page.loads, *page.links]:
            parts = urlsplit(urljoin(name, address))
            if parts.scheme or parts.netloc:
                if address in page.loads and parts.scheme != "data":
                    yield f"{name} loads {address}"
                continue
            target = unquote(parts.path) or name
            if not (site / target).is_file():
                yield f"{name}: there is no {address}"
            elif target in pages and parts.fragment:
                ids = pages[target].ids | {"__top"}
                if unquote(parts.fragment) not in ids:
                    yield f"{name}: nothing is called {address}"


def main() -> int:
    """Build the site, and say what is wrong with it."""
    write_pages()
    shutil.rmtree(SITE, ignore_errors=True)
    zensical = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    if subprocess.run(zensical, cwd=ROOT).returncode:  # noqa: S603 -- our own words
        return 1
    found = sorted({*faults(SITE)})
    for fault in found:
        print(f"website: {fault}", file=sys.stderr)
    print(f"{len([*SITE.rglob('*.html')])} pages in {SITE.relative_to(ROOT)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
