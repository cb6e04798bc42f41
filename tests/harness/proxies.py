"""nginx and Caddy in front of a server, over HTTPS, as the documentation sets them up."""

import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from .environments import run, succeeded
from .manual import blocks
from .projects import ROOT
from .servers import START_TIMEOUT, free_port

PAGES = ROOT / "docs/deploy"
SEARCHED = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"
PROGRAMS = {
    "caddyfile": shutil.which("caddy", path=SEARCHED),
    "nginx": shutil.which("nginx", path=SEARCHED),
}
PACKAGES = {"caddyfile": "caddy", "nginx": "nginx-light"}


def page_block(page: str, language: str) -> str:
    """Return the only block of a page about deploying that is in this language."""
    text = (PAGES / page).read_text("utf-8")
    (block,) = (each for each in blocks(text) if each.language == language)
    return block.text


def filled(block: str, values: dict[str, str]) -> str:
    """Put other values in place of some that a block has, each of them once."""
    for printed, here in values.items():
        assert block.count(printed) == 1, f"{printed} in:\n{block}"
        block = block.replace(printed, here)
    return block


@contextmanager
def proxy(language: str, block: str, url: str, folder: Path) -> Iterator[str]:
    """Run a proxy with a block of the documentation in front of a server; give its base URL.

    Args:
        language: What the block is written in, and so which proxy: `caddyfile` or `nginx`.
        block: What a reader is told to write.
        url: Where the server is.
        folder: An empty folder for its files.
    """
    port = free_port()
    folder.mkdir(exist_ok=True)
    settings = {"caddyfile": _caddy, "nginx": _nginx}[language](
        block, url, folder, port
    )
    program = str(PROGRAMS[language])
    command = {
        "caddyfile": ["run", "--adapter", "caddyfile", "--config", str(settings)],
        "nginx": ["-e", "stderr", "-p", str(folder), "-c", str(settings)],
    }[language]
    with (folder / "proxy.log").open("wb") as log:
        server = subprocess.Popen(
            [program, *command],
            stdout=log,
            stderr=log,
            env=os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
        )
    try:
        base_url = f"https://localhost:{port}"
        answers(f"{base_url}/health", server)
        yield base_url
    finally:
        server.terminate()
        server.wait(15)


def _caddy(block: str, url: str, folder: Path, port: int) -> Path:
    """Write a Caddyfile; its certificate is from an authority of Caddy's own."""
    site = filled(block, {"books.example": "localhost", "127.0.0.1:8000": url})
    settings = folder / "Caddyfile"
    settings.write_text(
        f"{{\n\tadmin off\n\tdefault_bind 127.0.0.1\n\thttp_port {free_port()}\n"
        f"\thttps_port {port}\n\tskip_install_trust\n\tstorage file_system {folder}\n}}\n\n{site}"
    )
    return settings


def _nginx(block: str, url: str, folder: Path, port: int) -> Path:
    """Write a whole configuration for a server block, with a certificate of its own making."""
    server = filled(
        block,
        {
            "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
            "/etc/ssl/books.example.pem": str(folder / "certificate.pem"),
            "/etc/ssl/books.example.key": str(folder / "certificate.key"),
            "http://127.0.0.1:8000": url,
        },
    )
    make = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost"
    make += " -keyout certificate.key -out certificate.pem"
    succeeded(run(shlex.split(make), cwd=folder))
    paths = "".join(
        f"    {kind}_temp_path {folder / kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    settings = folder / "nginx.conf"
    settings.write_text(
        f"{'user root;' if os.getuid() == 0 else ''}\n"
        f"daemon off;\npid {folder / 'pid'};\nerror_log stderr;\n"
        f"events {{}}\nhttp {{\n    access_log off;\n{paths}{server}}}\n"
    )
    return settings


def answers(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until something answers there."""
    deadline = time.monotonic() + START_TIMEOUT
    while True:
        try:
            httpx.get(url, verify=False)  # noqa: S501 -- a certificate of its own making
            return
        except httpx.TransportError:
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "no answer"
            time.sleep(0.1)
