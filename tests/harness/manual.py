"""What a README has its reader type, as one script: every block of commands, in order.

Servers run in the background, and are asked whether they are healthy before the next command.
"""

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from markdown_it import MarkdownIt

START = r"""
begin() {
  setsid "$@" </dev/null >server.log 2>&1 & server=$!
  trap 'kill -KILL -- -$server' EXIT
  curl --silent --output health --retry 60 --retry-delay 1 --retry-all-errors localhost:8000/health
  grep --quiet '"ok"' health
}
end() {
  kill -- -$server
  for _ in {1..50}; do kill -0 -- -$server 2>/dev/null || break; sleep 0.1; done
  kill -KILL -- -$server 2>/dev/null || true # what reloads code may wait for a change of it
  wait $server || true
  trap - EXIT
}
"""


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block of a README: where it stands, in which language, and what it says."""

    chapter: str
    language: str
    text: str


def blocks(readme: str) -> Iterator[Block]:
    """Yield each block, those that are indented and those that are fenced."""
    chapter = ""
    tokens = MarkdownIt().parse(readme)
    for token, following in zip(tokens, [*tokens[1:], tokens[-1]], strict=True):
        if token.type == "heading_open":
            chapter = following.content
        elif token.type in {"code_block", "fence"}:
            yield Block(chapter=chapter, language=token.info, text=token.content)


def steps(project: Path, *, way: str) -> list[Block]:
    """Return what a README has one type, with uv or with pip, and the settings it has one write.

    What is told for Docker is left out: a test of its own does what the Dockerfile says.

    Args:
        project: The project's folder.
        way: `uv` or `pip`.
    """
    said = list(blocks((project / "README.md").read_text("utf-8")))
    (install,) = (block.text for block in said if "-m venv" in block.text)
    found = []
    for block in said:
        text = block.text
        if text == install or block.language not in {"", "ini"} or "docker" in text:
            continue
        if way == "pip":
            if block.chapter == "Deploy" and "uv" in text:  # which its server has
                continue
            text = text.replace("uv sync\n", install).replace("uv run ", "")
        found.append(replace(block, text=text))
    return found


def commands(found: Iterable[Block]) -> list[str]:
    """Return the commands of blocks, each in one line."""
    text = "\n".join(block.text for block in found if not block.language)
    return re.sub(r"\\\n\s*|(?<=\|)\n\s*", " ", text).split("\n")


def script(project: Path, commands: Mapping[str, str], *, way: str) -> str:
    """Return what a README has one type in Bash, with uv or with pip.

    From the first server on it runs where port 8000 is free, and there is no other network.

    Args:
        project: The project's folder.
        commands: What to type in it, by purpose.
        way: `uv` or `pip`.
    """
    parts: list[str] = []
    maker = "false"
    first, serving = 0, False
    for block in steps(project, way=way):
        text = block.text
        if block.language == "ini":
            # The settings of a server, with a secret of its own.
            (name,) = re.findall(r"(?m)^(SECRET_KEY)=$", text) or [""]
            parts += ["end"] if serving else []
            parts.append(f"cat >.env <<'EOF'\n{text}EOF")
            parts += [f'sed -i "s/^{name}=$/&$(secret)/" .env'] if name else []
            serving = False
            continue
        lines: list[str] = []
        for line in text.splitlines():
            if line.endswith((commands["run"], commands["serve"])):
                # The shell is to fill in the ports that the command names.
                first = first or len(parts) + len(lines)
                lines.append(f"begin {line}")
                serving = True
            elif "secrets.token_urlsafe" in line:
                maker = line
            elif line.startswith("read "):
                lines += ["printf 'Password? '", line]
            else:
                lines.append(line)
        # What a command prints ends with the line, whether it says so or not.
        parts += [*lines, "echo"]
    parts += ["end"] if serving else []
    served = "\n".join([START, f"secret() {{\n{maker}\n}}", *parts[first:]])
    return "\n".join(["set -euo pipefail", *parts[:first], f"exec {alone(served)}"])


def alone(text: str) -> str:
    """Return a command that runs a script where port 8000 is free: in a network of its own."""
    inside = f"ip link set lo up\nexport UV_OFFLINE=1\n{text}"
    return f"unshare --map-root-user --net bash -euo pipefail -c {shlex.quote(inside)}"
