"""Compiled templates: kept for the next run, and never a danger."""

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from scaffold import File, cache, generate
from scaffold.engine import _engine

from .starter import PROJECT, write_starter


@pytest.fixture(autouse=True)
def new_process() -> Iterator[None]:
    """Forget what this process has compiled."""
    _engine.cache_clear()
    yield
    _engine.cache_clear()


@pytest.fixture
def cached(folder: Path, user: Path) -> Path:
    """The file that a first run has left."""
    generate("bottle", "first", git=False)
    (file,) = (user / ".cache/scaffold").iterdir()
    _engine.cache_clear()
    return file


def files(name: str = "myproj") -> tuple[File, ...]:
    return generate("bottle", name, dry_run=True).files[1:]


def compiles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note every template that is compiled from now on."""
    from jinja2 import Environment

    seen: list[str] = []
    compile_ = Environment.compile

    def noting(self: Environment, source: str, *rest: object) -> object:
        seen.append(source)
        return compile_(self, source, *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", noting)
    return seen


def test_a_second_run_compiles_nothing(
    cached: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = compiles(monkeypatch)
    files()

    assert seen == []
    assert cached.stat().st_mode & 0o077 == 0


def test_what_changes_is_compiled_again(
    folder: Path, tmp_path: Path, user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    framework = write_starter(tmp_path / "templates")
    monkeypatch.setenv("SCAFFOLD_TEMPLATES", str(tmp_path / "templates"))
    files()
    (framework / PROJECT / "README.md").write_text("# Changed\n")

    assert any(file.content == b"# Changed\n" for file in files())


def damaged(data: bytes) -> Iterator[bytes]:
    yield b""
    yield b"nonsense"
    yield data[:-1]
    yield data + b"x"
    yield bytes([data[0] ^ 1]) + data[1:]
    yield data[:40] + bytes([data[40] ^ 1]) + data[41:]


def test_a_damaged_cache_is_no_cache(cached: Path) -> None:
    expected = files()
    data = cached.read_bytes()
    for content in damaged(data):
        cached.write_bytes(content)
        _engine.cache_clear()

        assert files() == expected
        assert cached.read_bytes() != content


def test_what_others_could_have_written_is_not_read(
    cached: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached.chmod(0o666)
    seen = compiles(monkeypatch)
    files()

    assert seen != []
    assert stat.S_IMODE(cached.stat().st_mode) == 0o600


@pytest.mark.parametrize("home", ["/nonexistent", "/dev/null", ""])
def test_a_home_that_cannot_be_written_to_is_fine(
    folder: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    expected = files()
    monkeypatch.setenv("HOME", home)
    _engine.cache_clear()

    assert (
        generate(
            "bottle", "myproj", author="Ada", email="ada@example.com", dry_run=True
        ).files[1:]
        == expected
    )


def test_several_processes_and_threads_may_share_it(cached: Path, folder: Path) -> None:
    _engine.cache_clear()
    made: dict[int, tuple[File, ...]] = {}
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            # Half of them keep what needs ruff, and some write in the same folder.
            resource = None if number % 2 else f"wine{number} title:str day:date"
            name = f"project{number}"
            made[number] = generate("bottle", name, resource=resource, git=False).files
        except BaseException as error:
            failed.append(error)

    before = (os.getcwd(), os.umask(0o022))
    threads = [threading.Thread(target=work, args=[number]) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert (os.getcwd(), os.umask(before[1])) == (before[0], 0o022)
    for number in range(16):
        resource = None if number % 2 else f"wine{number} title:str day:date"
        alone = generate("bottle", f"alone{number}", resource=resource, git=False)
        expected = [
            file.content.replace(b"alone%d" % number, b"project%d" % number)
            for file in alone.files
            if not file.secret
        ]
        own = sorted(
            made[number], key=lambda file: file.path.replace("project", "alone")
        )
        assert [file.content for file in own if not file.secret] == expected


def test_a_cache_never_stands_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "folder", lambda: Path("/dev/full/nowhere"))

    cache.save("key", {})
    assert cache.load("key") == {}
