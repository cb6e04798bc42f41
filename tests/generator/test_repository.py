"""The git repository of a new project: one commit, or one line that says why not."""

import os
import subprocess
from pathlib import Path

import pytest

from scaffold import generate


def git(*arguments: str, cwd: Path) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=cwd, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def nobody(user: Path) -> None:
    """Be a user whom git does not know."""
    (user / ".gitconfig").unlink()


def test_everything_but_secrets_is_in_one_commit_on_main(folder: Path) -> None:
    project = generate("bottle", "My Proj")

    assert project.warnings == ()
    assert git("log", "--format=%an <%ae> %s", cwd=project.path) == (
        "Ada <ada@example.com> Start My Proj from scaffold's Bottle starter"
    )
    assert git("branch", "--show-current", cwd=project.path) == "main"
    assert git("status", "--porcelain", cwd=project.path) == ""
    committed = git("ls-files", cwd=project.path).splitlines()
    assert committed == [file.path for file in project.files if not file.secret]
    assert git("ls-files", "--stage", "run", cwd=project.path).startswith("100755")


def test_the_first_commit_tells_what_was_generated(folder: Path) -> None:
    path = generate("bottle", "myproj").path
    message = git("log", "-1", "--format=%B", cwd=path)

    tree = git("rev-parse", "HEAD^{tree}", cwd=path)
    trailer = git(
        "log", "-1", "--format=%(trailers:key=Scaffold-Tree,valueonly)", cwd=path
    )
    assert message.splitlines() == [
        "Start myproj from scaffold's Bottle starter",
        "",
        f"Scaffold-Tree: {tree}",
    ]
    assert trailer == tree


def test_the_users_name_and_address_are_the_authors(folder: Path) -> None:
    text = (generate("bottle", "myproj").path / "myproj/__init__.py").read_text()

    assert 'AUTHOR = "Ada"' in text


def test_a_git_name_that_cannot_be_written_down_is_left_out(
    folder: Path, user: Path
) -> None:
    (user / ".gitconfig").write_text('[user]\nname = "A\\tda"\nemail = nowhere\n')
    project = generate("bottle", "myproj", dry_run=True)

    assert b'AUTHOR = "The myproj authors"' in project.files[3].content


def test_no_repository_when_none_is_wanted(folder: Path) -> None:
    project = generate("bottle", "myproj", git=False)

    assert project.warnings == ()
    assert not (project.path / ".git").exists()


def test_a_missing_git_only_warns(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    project = generate("bottle", "myproj")

    assert project.warnings == ("no git repository was made: git is not installed",)
    assert (project.path / "README.md").is_file()


@pytest.mark.usefixtures("nobody")
def test_a_missing_identity_only_warns(folder: Path) -> None:
    project = generate("bottle", "myproj", author="Grace Hopper", email="g@example.com")

    assert project.warnings == (
        'git does not know you, so the first commit is by "Grace Hopper": '
        "set user.name and user.email for the next",
    )
    commit = git("log", "--format=%an <%ae>", cwd=project.path)
    assert commit == "Grace Hopper <g@example.com>"


@pytest.mark.usefixtures("nobody")
def test_a_missing_identity_and_address_only_warns(folder: Path) -> None:
    project = generate("bottle", "myproj")

    assert len(project.warnings) == 1
    assert git("log", "--format=%an <%ae>", cwd=project.path) == "The myproj authors <>"


def test_forced_signing_hooks_and_templates_do_not_matter(
    folder: Path, user: Path, tmp_path: Path
) -> None:
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("pre-commit", "commit-msg", "post-commit", "reference-transaction"):
        (hooks / name).write_text("#!/bin/sh\nexit 1\n")
        (hooks / name).chmod(0o755)
    (tmp_path / "ignore").write_text("*.md\n")
    with (user / ".gitconfig").open("a") as config:
        config.write(
            f"[commit]\ngpgsign = true\ntemplate = /nonexistent\n[gpg]\nprogram = false\n"
            f"[core]\nhooksPath = {hooks}\nexcludesFile = {tmp_path / 'ignore'}\n"
            f"autocrlf = true\n[init]\ndefaultBranch = trunk\ntemplateDir = {tmp_path}\n"
        )
    project = generate("bottle", "myproj")

    assert project.warnings == ()
    assert git("branch", "--show-current", cwd=project.path) == "main"
    assert "README.md" in git("ls-files", cwd=project.path).split()
    assert not (project.path / ".git/hooks").exists()


def test_the_environment_of_another_repository_does_not_matter(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("init", "--quiet", "other", cwd=tmp_path)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    project = generate("bottle", "myproj")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name)

    assert project.warnings == ()
    assert git("rev-list", "--count", "HEAD", cwd=project.path) == "1"


def test_no_repository_within_a_repository(folder: Path) -> None:
    git("init", "--quiet", cwd=folder)
    project = generate("bottle", "myproj")

    assert project.warnings == (f"no git repository was made: {folder} is one already",)
    assert not (project.path / ".git").exists()


def test_a_failing_git_leaves_a_project_without_repository(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "bin/git"
    fake.parent.mkdir()
    fake.write_text(
        '#!/bin/sh\ncase "$*" in *quiet\\ --template*) mkdir .git;; *) echo "fatal: no" >&2; exit 1;; esac\n'
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
    project = generate("bottle", "myproj")

    assert project.warnings == ("no git repository was made: git fatal: no",)
    assert not (project.path / ".git").exists()
