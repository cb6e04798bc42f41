"""Whether a project is ready to be shown: what a visitor would miss, why, and what to do.

It knows nothing of a framework by name: what the project was made from stands in its
`[tool.scaffold]`, and what to type in it in the framework's `__commands`. Nothing is changed.
"""

import os
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from scaffold.errors import printable
from scaffold.programs import binaries, run, variables
from scaffold.project import Existing
from scaffold.readme import Readme, commands_in, read
from scaffold.render import template_values
from scaffold.repository import GitError, git

CHECK_TIMEOUT = 900  # Seconds.
MOST_LINES = 12  # Of what a failing check says.
MOST_BYTES = 1_000_000  # Of a file that is looked into.

LICENCE = re.compile(r"(licen[cs]e|copying)(\.\w+)?", re.I)
SECRET_FILES = re.compile(
    r"\.env(?!\.(example|sample|template|dist)$)(\..+)?|id_(rsa|ecdsa|ed25519)"
    r"|.+\.(pem|key|p12|db|sqlite3?)"
)
SHORTEST_SECRET = 16  # Characters; what is shorter than that is a word.
USES = re.compile(r"""^\s*(?:-\s+)?uses:\s*["']?([^\s"'#]+)""", re.MULTILINE)
PINNED = re.compile(r"\./.*|docker://.*@sha256:[0-9a-f]{64}|.*@[0-9a-f]{40}")
RECORD = re.compile(r"^\[tool\.scaffold\]\n(?:(?!\[).*\n?)*", re.MULTILINE)
UNFINISHED = re.compile(r"\b(TODO|FIXME|TBD|lorem ipsum)\b", re.I)

# A path in a text: `blog/main.py`, `tests/`; and a file in a command: `manage.py`.
PATH = re.compile(r"\.?[\w@+-][\w.@+-]*(/[\w.@+-]+)*/?")
FILE = re.compile(r"(\./)?[\w.@+-]+(/[\w.@+-]+)*\.(py|sh|txt|toml|ya?ml|ini|cfg)")
# What programs read of the project that are told to do something with it.
READ_BY = {
    ("docker", "compose"): (
        "compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml",
    ),
    ("pre-commit",): (".pre-commit-config.yaml",),
}  # fmt: skip

# Sections of the README that its owner alone can write.
OWN_SECTIONS = {
    "purpose": (
        "Why I built it",
        "reviewers look for it: it tells your work from that of many others",
        "which problem it solves, for whom, and what you wanted to learn",
    ),
    "hindsight": (
        "What I would change",
        "reviewers ask it in interviews: it shows that you can judge your own work",
        "what you would do otherwise, what comes next, and why it is not there yet",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must be done before the project is shown.

    Attributes:
        name: What it is about, in a word: `picture`.
        what: What is so, in one line.
        why: What it does to those who look at the project.
        fix: What to do about it.
        details: Where it is so, or what a program said, a line each.
    """

    name: str
    what: str
    why: str
    fix: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Patient:
    """A project that is looked at, with what is read more than once."""

    project: Existing

    @property
    def path(self) -> Path:
        """Return its folder."""
        return self.project.path

    @property
    def check(self) -> str:
        """Return its own command that checks everything, or nothing."""
        return str(self.project.values.get("__commands", {}).get("check", ""))

    @cached_property
    def is_repository(self) -> bool:
        """Tell whether git knows it, or a folder around it."""
        return self.git("rev-parse", "--git-dir") is not None

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Return the paths of what git tracks or would take, or of all files without git."""
        listed = self.git("ls-files", "-z", "-co", "--exclude-standard", "--", ".")
        if listed is None:
            return tuple(sorted(_walk(self.path)))
        paths = dict.fromkeys(filter(None, listed.split("\0")))
        return tuple(path for path in paths if (self.path / path).is_file())

    @cached_property
    def folders(self) -> frozenset[str]:
        """Return the paths of the folders that hold files."""
        parents = (PurePosixPath(path).parents for path in self.files)
        return frozenset(str(each) for several in parents for each in several)

    @cached_property
    def settings(self) -> dict[str, Any]:
        """Return its `pyproject.toml`."""
        return tomllib.loads(self.text("pyproject.toml"))

    @cached_property
    def readme(self) -> Readme | None:
        """Return its README, if it has one."""
        return read(self.text("README.md")) if "README.md" in self.files else None

    def text(self, path: str) -> str:
        """Return what a file says; nothing where it is large, or no text."""
        file = self.path / path
        if not file.is_file() or file.stat().st_size > MOST_BYTES:
            return ""
        data = file.read_bytes()
        return "" if b"\0" in data else data.decode(errors="replace")

    def has(self, path: str) -> bool:
        """Tell whether a path is that of a file or folder, from the top or from further in."""
        name = str(PurePosixPath(path))
        inside = (*self.files, *self.folders)
        return (self.path / name).exists() or any(
            each.endswith(f"/{name}") for each in inside
        )

    def ignores(self, path: str) -> bool:
        """Tell whether git is to ignore a path, so that it may be missing."""
        return bool(self.git("check-ignore", "--", path))

    def git(self, *arguments: str) -> str | None:
        """Return what git says of the project; None if it fails.

        It writes nothing, and runs no program that the repository names.
        """
        plain = ("--no-optional-locks", "-c", "core.fsmonitor=false")
        try:
            return git(*plain, *arguments, cwd=self.path)
        except GitError:
            return None


def examine(patient: Patient) -> Iterator[Finding]:
    """Yield what is left to do, the gravest first, without running anything of the project."""
    yield from _secrets(patient)
    yield from _licence(patient)
    yield from _placeholders(patient)
    yield from _readme(patient)
    yield from _actions(patient)
    yield from _history(patient)


def try_check(patient: Patient) -> Iterator[Finding]:
    """Run the project's own check in its environment, and yield what it finds."""
    for part in filter(None, patient.check.split(" && ")):
        program, *arguments = shlex.split(part)
        found = shutil.which(program, path=str(binaries(patient.path)))
        if not found:
            yield Finding(
                "check",
                f"its check, `{part}`, cannot be run: it is not installed in .venv",
                "nobody knows whether the tests pass",
                "install it as README.md says, under “Run it”",
            )
            return
        try:
            code, out, errors = run(
                [found, *arguments],
                cwd=patient.path,
                environment=variables(patient.path),
                timeout=CHECK_TIMEOUT,
            )
        except subprocess.TimeoutExpired:
            code, out, errors = 1, "", f"not done in {CHECK_TIMEOUT // 60} minutes"
        if code:
            said = [line for line in f"{out}\n{errors}".splitlines() if line.strip()]
            yield Finding(
                "check",
                f"its check, `{part}`, fails",
                "a red badge is the first thing that a reviewer sees",
                f"run `{part}` in the project's environment, and mend what it names",
                tuple(map(printable, said[-MOST_LINES:])),
            )
            return


def _secrets(patient: Patient) -> Iterator[Finding]:
    """Look for what must not be in git, be it in an earlier commit."""
    if not patient.is_repository:
        return
    tracked = (patient.git("ls-files", "-z", "--", ".") or "").split("\0")
    own = patient.project.values.get("_secrets", ())
    leaked = [
        path
        for path in tracked
        if path in own or SECRET_FILES.fullmatch(path.rpartition("/")[2])
    ]
    if leaked:
        yield Finding(
            "secrets",
            "git tracks files with secrets or data",
            "whoever sees the repository can sign in as anybody, or reads what people stored",
            "take each out, `git rm --cached FILE`, name it in .gitignore, commit, and change"
            " the secrets in it",
            tuple(leaked),
        )
    known = _values(patient.text(".env.example")).values()
    secrets = {
        value: f"{path}: {key}"
        for path in own
        for key, value in _values(patient.text(path)).items()
        if len(value) >= SHORTEST_SECRET and value not in known
    }
    if found := sorted(_committed(patient, secrets)):
        yield Finding(
            "secrets",
            "a secret that is in use is in git's history",
            "what was ever committed stays there for everybody to find",
            "put another value there, and wherever the app runs; the old one is lost",
            tuple(found),
        )


def _values(text: str) -> dict[str, str]:
    """Return what a file of environment variables sets."""
    pairs = (line.partition("=") for line in text.splitlines() if line[:1] != "#")
    return {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}


def _committed(patient: Patient, secrets: Mapping[str, str]) -> set[str]:
    """Return which of these secrets any commit has added, and where it is."""
    if not secrets:
        return set()
    # Searched here, as what is given to git as an argument can be seen by others.
    plain = ("--no-ext-diff", "--no-textconv", "--no-show-signature")
    log = patient.git("log", "--all", "--patch", "--unified=0", *plain) or ""
    return {
        where
        for secret, where in secrets.items()
        if re.search(rf"^\+.*{re.escape(secret)}", log, re.MULTILINE)
    }


def _licence(patient: Patient) -> Iterator[Finding]:
    """Look for a licence."""
    if not any(
        LICENCE.fullmatch(path) and patient.text(path).strip() for path in patient.files
    ):
        yield Finding(
            "licence",
            "it has no licence",
            "without one, nobody may use or even run what you show",
            "add a LICENSE; https://choosealicense.com helps to choose",
        )


def _placeholders(patient: Patient) -> Iterator[Finding]:
    """Look for what scaffold wrote where its owner had said nothing."""
    project = patient.project
    plain = replace(project.answers, author="", description="")
    usual = template_values(project.framework, plain)
    if places := _places(patient, usual["author"]):
        yield Finding(
            "author",
            f'the author is still "{usual["author"]}"',
            "visitors want to know whose work it is, and a licence needs somebody who gives it",
            "write your name there",
            places,
        )
    metadata = patient.settings.get("project", {})
    if not metadata.get("description") and "description" not in metadata.get(
        "dynamic", ()
    ):
        yield Finding(
            "description",
            "pyproject.toml has no description",
            "it is what people read first",
            'say in one sentence what the app does: description = "…" under [project]',
        )
    elif places := _places(patient, usual["description"]):
        yield Finding(
            "description",
            f'the description is still the one that scaffold wrote, "{usual["description"]}"',
            "it is what people read first, and it says what any other such app would",
            "say there, in a sentence of your own, what it does and for whom",
            places,
        )


def _places(patient: Patient, text: str) -> tuple[str, ...]:
    """Return where a text stands; what the project was made from is no place."""
    if not text:
        return ()
    found = []
    for path in patient.files:
        content = patient.text(path)
        if path == "pyproject.toml":
            content = RECORD.sub(lambda record: "\n" * record[0].count("\n"), content)
        for number, line in enumerate(content.split("\n"), start=1):
            if text in line:
                found.append(f"{path}:{number}")
    return tuple(found)


def _readme(patient: Patient) -> Iterator[Finding]:
    """Look at the README as a visitor does."""
    readme = patient.readme
    if readme is None:
        yield Finding(
            "readme",
            "it has no README.md",
            "it is all that most visitors ever look at",
            "write what it does, how to run it, why you built it and what you would change",
        )
        return
    if not readme.shows_picture(patient.path):
        yield Finding(
            "picture",
            "README.md shows no picture of the app",
            "visitors look before they read, and few will start it to see it",
            "let scaffold take one, `scaffold screenshot`, or save your own in docs/ and show it"
            " below the description: ![What the picture shows](docs/screenshot.png)",
        )
    for name, (title, why, content) in OWN_SECTIONS.items():
        text = readme.text_of(title)
        if not text:
            there = "nothing under" if text == "" else "no section"
            yield Finding(
                name,
                f"README.md has {there} “{title}”",
                why,
                f"write “## {title}”, and under it in a few lines of your own: {content}",
            )
    lines = enumerate(patient.text("README.md").splitlines(), start=1)
    if marks := [f"README.md:{n}" for n, line in lines if UNFINISHED.search(line)]:
        yield Finding(
            "unfinished",
            "README.md says that something is still to be written",
            "visitors take the rest for unfinished too",
            "write it, or take the mark away",
            tuple(marks),
        )
    if stale := tuple(dict.fromkeys(_stale(patient, readme))):
        yield Finding(
            "stale",
            "README.md names what is not there",
            "whoever follows it gets stuck, and trusts the rest less",
            "name what is there now, or take the sentence out",
            stale,
        )


def _stale(patient: Patient, readme: Readme) -> Iterator[str]:
    """Yield the files and commands of a README that are not there."""
    for path in (*readme.pictures, *readme.links):
        if not (patient.path / path).exists():
            yield path
    for span in readme.spans:
        if " " in span:
            for words in commands_in(span):
                yield from _missing(patient, words)
        elif _is_path(patient, span) and not _is_there(patient, span):
            yield span
    for words in readme.commands:
        yield from _missing(patient, words)


def _is_path(patient: Patient, text: str) -> bool:
    """Tell whether a text in backticks is meant as a path: `and/or` is none."""
    if "/" not in text or not PATH.fullmatch(text):
        return False
    top, _, _ = text.partition("/")
    has_suffix = re.search(r"\w\.[A-Za-z]\w*$", text)
    return bool(text.endswith("/") or has_suffix or (patient.path / top).exists())


def _is_there(patient: Patient, path: str) -> bool:
    return patient.has(path) or patient.ignores(path)


def _missing(patient: Patient, words: list[str]) -> Iterator[str]:
    """Yield what a command needs of the project and does not find."""
    command = shlex.join(words)
    own = patient.project.answers.name.package
    words = [word for word in words if not re.match(r"\w+=", word)]
    in_environment = words[:2] == ["uv", "run"]
    if in_environment or words[:1] == ["uvx"]:
        words = words[2:] if in_environment else words[1:]
        while words and words[0].startswith("-"):
            words = words[1:]
    for word in words:
        module, _, _ = word.partition(":")
        top, *inside = module.split(".")
        if FILE.fullmatch(word):
            if not _is_there(patient, word):
                yield word
        elif top == own and all(part.isidentifier() for part in inside):
            file = "/".join([top, *inside])
            if not patient.has(f"{file}.py") and not patient.has(file):
                yield command
    for program, files in READ_BY.items():
        if tuple(words[: len(program)]) == program and not any(
            (patient.path / file).exists() for file in files
        ):
            yield command
    tasks = patient.settings.get("tool", {}).get("poe", {}).get("tasks", {})
    if words[:1] == ["poe"] and len(words) > 1 and words[1] not in tasks:
        yield command
    if (
        in_environment
        and words
        and not FILE.fullmatch(words[0])
        and binaries(patient.path).is_dir()
        and not shutil.which(words[0], path=str(binaries(patient.path)))
    ):
        yield command


def _actions(patient: Patient) -> Iterator[Finding]:
    """Look for actions in workflows that may be another program tomorrow."""
    loose = [
        f"{path}: {action}"
        for path in patient.files
        if re.fullmatch(r"\.github/workflows/[^/]+\.ya?ml", path)
        for action in USES.findall(patient.text(path))
        if not PINNED.fullmatch(action)
    ]
    if loose:
        yield Finding(
            "actions",
            "workflows use actions that are not pinned to a commit",
            "whoever controls a tag can have any code run with your repository's rights",
            "write the commit for the version, as `git ls-remote --tags"
            " https://github.com/OWNER/REPOSITORY` names it, and the version in a comment:"
            " uses: OWNER/REPOSITORY@COMMIT # v1.2.3",
            tuple(loose),
        )


def _history(patient: Patient) -> Iterator[Finding]:
    """Look at how the project came about, as far as git can tell."""
    if not patient.is_repository:
        yield Finding(
            "history",
            "it is in no git repository",
            "there is nothing to show, and no way back for you",
            "begin one: git init, git add --all, git commit",
        )
        return
    commits = int(patient.git("rev-list", "--count", "HEAD", "--", ".") or 0)
    shallow = (patient.git("rev-parse", "--is-shallow-repository") or "").strip()
    if commits < 2 and shallow != "true":
        yield Finding(
            "history",
            "its history is the first commit alone"
            if commits
            else "nothing is committed",
            "a history shows how you work; this one says that scaffold did it all",
            "commit what you change, in small steps whose messages say why",
        )
    status = patient.git("status", "--porcelain", "-z", "--no-renames", "--", ".") or ""
    if changed := [entry[3:] for entry in status.split("\0") if entry]:
        yield Finding(
            "commit",
            "not everything is committed",
            "others see only what is",
            "commit it, or name in .gitignore what is for you alone",
            tuple(changed),
        )


def _walk(folder: Path) -> Iterable[str]:
    """Yield the paths of the files in a folder, without those that tools keep there."""
    for base, folders, names in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if name not in {"__pycache__", "node_modules"}
            and (name[0] != "." or name == ".github")
            and not os.path.exists(os.path.join(base, name, "pyvenv.cfg"))
        ]
        for name in names:
            yield Path(base, name).relative_to(folder).as_posix()
