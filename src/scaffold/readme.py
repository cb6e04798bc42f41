"""A README as its readers see it: sections, pictures, links, and what it tells them to type."""

import html
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")
BANNER = "docs/banner.svg"  # What a README shows until it has a picture of the app.
# What a block of commands may say that it is; an indented one says nothing.
SHELLS = frozenset(["", "bash", "console", "powershell", "sh", "shell", "zsh"])

SOURCE = re.compile(r"""<(?:img|source)\b[^>]*?\bsrc(?:set)?=["']([^"'\s]+)""", re.I)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
PROMPT = re.compile(r"^[$>] ")


@dataclass(slots=True)
class Section:
    """A heading, and whether anything stands under it."""

    title: str
    level: int
    text: str = ""


@dataclass(slots=True)
class Readme:
    """What a README holds, in its order.

    Attributes:
        sections: Its headings; text of a smaller heading is of the greater one's too.
        pictures: Where its pictures are, without those of other hosts.
        links: Which files it links to, without those of other hosts.
        spans: What stands in backticks in a text.
        commands: What it tells to type, as words; a line of several commands is several.
    """

    sections: list[Section] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    spans: list[str] = field(default_factory=list)
    commands: list[list[str]] = field(default_factory=list)

    def shows_picture(self, folder: Path) -> bool:
        """Tell whether it shows a picture that is there in its folder; a drawing is none."""
        return any(
            path.lower().endswith(PICTURES) and (folder / path).is_file()
            for path in self.pictures
        )

    def text_of(self, title: str) -> str | None:
        """Return what stands under a heading, or None where there is no such heading."""
        wanted = _plain(title)
        texts = [each.text for each in self.sections if _plain(each.title) == wanted]
        return "".join(texts) if texts else None


def read(text: str) -> Readme:
    """Return what a README in Markdown holds."""
    found = Readme()
    before: Token | None = None
    for token in _tokens(_parse(text)):
        if token.type == "heading_open":
            found.sections.append(Section("", int(token.tag[1:])))
        elif token.type == "inline" and before and before.type == "heading_open":
            found.sections[-1].title = token.content
        elif token.type in {"inline", "code_block", "fence", "html_block"}:
            _note(found.sections, COMMENT.sub("", token.content).strip())
        if token.type == "image":
            found.pictures += _local(token.attrs["src"])
        elif token.type == "link_open":
            found.links += _local(token.attrs["href"])
        elif token.type in {"html_block", "html_inline"}:
            sources = SOURCE.findall(COMMENT.sub("", token.content))
            found.pictures += [path for url in sources for path in _local(url)]
        elif token.type == "code_inline":
            found.spans.append(token.content)
        elif token.type == "code_block" or (
            token.type == "fence" and token.info.partition(" ")[0].lower() in SHELLS
        ):
            for line in token.content.replace("\\\n", " ").splitlines():
                found.commands += commands_in(line)
        before = token
    return found


def with_picture(text: str, *, light: str, dark: str, alt: str) -> str:
    """Return a README with a picture in the banner's place, else before its first section."""
    tokens = _parse(text)
    banners = (
        token.map
        for token in tokens
        if [each.attrs.get("src") for each in token.children or []] == [BANNER]
    )
    sections = (
        [token.map[0]] * 2
        for token in tokens
        if token.type == "heading_open" and token.tag != "h1" and token.map
    )
    picture = (
        "<picture>\n"
        f'  <source media="(prefers-color-scheme: dark)" srcset="{dark}">\n'
        f'  <img alt="{html.escape(alt)}" src="{light}">\n'
        "</picture>"
    )
    lines = text.split("\n")
    end = [len(lines)] * 2
    start, stop = next(filter(None, banners), None) or next(sections, end)
    before, after = "\n".join(lines[:start]), "\n".join(lines[stop:])
    parts = [before.rstrip("\n"), picture, after.lstrip("\n")]
    return "\n\n".join(filter(None, parts)).rstrip("\n") + "\n"


def commands_in(line: str) -> list[list[str]]:
    """Return the commands of a line for a shell, as words."""
    lexer = shlex.shlex(PROMPT.sub("", line), posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    commands: list[list[str]] = [[]]
    try:
        for word in lexer:
            if word and not word.strip("();<>|&"):
                commands.append([])
            else:
                commands[-1].append(word)
    except ValueError:  # A quotation that goes on in the next line: data, not commands.
        pass
    return [words for words in commands if words]


def _parse(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text)


def _tokens(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield tokens, each followed by those in it."""
    for token in tokens:
        yield token
        yield from _tokens(token.children or [])


def _note(sections: Sequence[Section], text: str) -> None:
    """Add a text to the last section, and to those that it is a part of."""
    level = 7
    for section in reversed(sections):
        if section.level < level:
            section.text += text
            level = section.level


def _local(url: object) -> list[str]:
    """Return the path that a link leads to, if it is one in the same project."""
    parts = urlsplit(str(url))
    path = unquote(parts.path)
    return [] if parts.scheme or parts.netloc or path[:1] in {"", "/"} else [path]


def _plain(title: str) -> str:
    """Return a title without what people write in one way or another."""
    return re.sub(r"[^a-z ]", "", title.lower().replace("i'd", "i would")).strip()
