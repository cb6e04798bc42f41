"""Every framework in operation: behind a proxy, told to stop, on a taken port, in its logs.

Caddy and nginx are Debian's, with the very blocks that the documentation prints.
"""

import re
import shlex
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import yaml
from harness.environments import Environment, run, succeeded
from harness.projects import bake, matrix
from harness.proxies import PACKAGES, PAGES, PROGRAMS, answers, page_block, proxy
from harness.servers import PASSWORD, USERNAME, App, free_port, stop
from justhtml import JustHTML

pytestmark = pytest.mark.slow

BOOK = {"title": "Dune", "author": "Frank Herbert"}
CLAIM = {"X-Forwarded-For": "127.0.0.9", "Forwarded": "for=127.0.0.9"}


# Behind the proxy


@pytest.fixture(params=["caddyfile", "nginx"])
def language(request: pytest.FixtureRequest) -> str:
    """What a proxy that the documentation describes is told in; both are Debian's."""
    language = str(request.param)
    if not PROGRAMS[language]:
        pytest.skip(f"not installed: apt-get install {PACKAGES[language]}")
    return language


@pytest.fixture
def proxied(prepared: App, language: str, tmp_path: Path) -> Iterator[str]:
    """The app as systemd starts it, behind a proxy, over HTTPS; its base URL."""
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        service(prepared, listener),
        documented_proxy(language, listener, tmp_path) as base_url,
    ):
        yield base_url


@contextmanager
def service(app: App, listener: socket.socket) -> Iterator[subprocess.Popen[bytes]]:
    """Run the app with what the page about a server of one's own has systemd run.

    As from systemd, it gets a socket that listens already, by the number 3.
    """
    page = (PAGES / "vps.md").read_text("utf-8")
    (row,) = re.findall(rf"^\| {app.project.framework} \|.*", page, re.M | re.I)
    command = re.findall("`([^`]+)`", row)[-1]
    command = re.sub(r"\bbookshelf\b", app.project.package, command)
    number = listener.fileno()
    script = f"export LISTEN_PID=$$ LISTEN_FDS=1; exec {command} 3<&{number}"
    with (app.home / "server.log").open("ab") as log:
        process = subprocess.Popen(
            ["bash", "-c", script],
            cwd=app.project.path,
            env=app.environment.variables(app.project, **app.settings),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[number],
            start_new_session=True,
        )
    try:
        yield process
    finally:
        stop(process)


@contextmanager
def documented_proxy(
    language: str, listener: socket.socket, folder: Path
) -> Iterator[str]:
    """Run a proxy as the same page says, in front of what listens; give its base URL."""
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    block = page_block("vps.md", language)
    with proxy(language, block, url, folder / "proxy") as base_url:
        yield base_url


def visitor(base_url: str, address: str = "127.0.0.1") -> httpx.Client:
    """Return a client that comes from an address of this machine."""
    return httpx.Client(
        base_url=base_url,
        transport=httpx.HTTPTransport(verify=False, local_address=address),
        follow_redirects=True,
        timeout=30,
    )


def post_form(client: httpx.Client, path: str, **values: str) -> httpx.Response:
    """Fill in the page's form as a browser would, and send it."""
    page = client.get(path)
    assert page.status_code == 200, page.text
    first = next(iter(values))
    form = next(
        form
        for form in JustHTML(page.text, sanitize=False).query("form")
        if form.query(f'[name="{first}"]')
    )
    hidden = {
        str(field.attrs["name"]): str(field.attrs.get("value") or "")
        for field in form.query('input[type="hidden"]')
        if field.attrs
    }
    action = str((form.attrs or {}).get("action") or page.url)
    origin = f"{page.url.scheme}://{page.url.netloc.decode()}"
    return client.post(
        action,
        data=hidden | values,
        headers={"Origin": origin, "Referer": str(page.url)},
    )


def try_token(client: httpx.Client, name: str, **headers: str) -> int:
    """Ask for a token with a wrong password; give the status."""
    return client.post(
        "/api/token", data={"username": name, "password": "wrong"}, headers=headers
    ).status_code


@matrix("book")
@pytest.mark.contract("OPS-7")
@pytest.mark.check("behind a proxy")
def test_people_sign_in_and_write_behind_the_proxy(proxied: str, prepared: App) -> None:
    """Signing in, forms and redirects work; every answer over HTTPS has HSTS.

    The log names where a failed sign-in came from, whatever it claimed.
    """
    with visitor(proxied, "127.0.0.2") as client:
        landed = post_form(client, "/login", username=USERNAME, password=PASSWORD)
        assert landed.status_code == 200
        assert landed.url.path == "/"
        assert all(cookie.secure for cookie in client.cookies.jar)

        added = post_form(client, "/books/new", **BOOK)
        assert added.status_code == 200, added.text
        assert "Dune" in added.text
        for answer in (landed, *landed.history, added, *added.history):
            assert str(answer.url).startswith(proxied)
            assert "max-age=" in answer.headers["strict-transport-security"]

        assert try_token(client, "mallory", **CLAIM) == 401
        told = [line for line in prepared.log.splitlines() if "mallory" in line][-1]
        assert "127.0.0.2" in told
        assert "127.0.0.9" not in told


@matrix("book")
@pytest.mark.contract("SIGN-7")
@pytest.mark.check("behind a proxy")
@pytest.mark.parametrize("language", ["caddyfile"], indirect=True)
def test_the_throttle_knows_visitors_apart(proxied: str) -> None:
    """Failed attempts stop one address, whatever it claims to be, and no other."""
    with visitor(proxied, "127.0.0.2") as one, visitor(proxied, "127.0.0.3") as other:
        statuses: list[int] = []
        while 429 not in statuses and len(statuses) <= 50:
            statuses.append(try_token(one, f"name{len(statuses)}"))
        assert statuses == [401] * (len(statuses) - 1) + [429]
        assert len(statuses) > 5

        assert try_token(one, "another", **CLAIM) == 429
        assert try_token(other, "another") == 401


@matrix("book")
@pytest.mark.contract("OPS-13")
@pytest.mark.check("behind a proxy")
def test_slow_connections_keep_nobody_waiting(proxied: str) -> None:
    """`/health` answers while 64 connections say nothing, or send byte by byte."""
    port = int(httpx.URL(proxied).port or 0)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    beginning = (
        f"POST /api/token HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 1000\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\nusername="
    )
    with ExitStack() as stack:
        slow = []
        for number in range(64):
            plain = socket.create_connection(("127.0.0.1", port), timeout=10)
            connection = context.wrap_socket(
                stack.enter_context(plain), server_hostname="localhost"
            )
            stack.enter_context(connection)
            if number % 2:
                connection.sendall(beginning.encode())
                slow.append(connection)
        for _ in range(5):
            for connection in slow:
                connection.sendall(b"a")
            with visitor(proxied) as client:
                asked = time.monotonic()
                assert client.get("/health").status_code == 200
                assert client.get("/books").status_code == 200
                assert time.monotonic() - asked < 5


@matrix("book")
@pytest.mark.contract("OPS-7")
@pytest.mark.check("behind a proxy")
@pytest.mark.parametrize("page", ["fly.md", "render.md"])
def test_people_sign_in_behind_a_platform(prepared: App, page: str) -> None:
    """A proxy at an address that nobody knows before is believed, with that page's settings."""
    if page == "fly.md":
        told = tomllib.loads(page_block(page, "toml"))["env"]
    else:
        (platform,) = yaml.safe_load(page_block(page, "yaml"))["services"]
        told = {each["key"]: each.get("value") for each in platform["envVars"]}
        told = {name: value for name, value in told.items() if value}
    host = "bookshelf.example"
    headers = {
        "Host": host,
        "Origin": f"https://{host}",
        "Referer": f"https://{host}/login",
        "X-Forwarded-For": "203.0.113.9, 198.51.100.7",
        "X-Forwarded-Proto": "https",
    }
    with (
        prepared.serve(**told | {"ALLOWED_HOSTS": f"{host},localhost"}) as url,
        visitor(url, "127.0.0.2") as client,
    ):
        assert client.get("/health", headers={"Host": "localhost"}).status_code == 200
        assert client.get("/health", headers={"Host": "other"}).status_code == 400

        page_of = client.get("/login", headers=headers)
        fields = JustHTML(page_of.text, sanitize=False).query('input[type="hidden"]')
        hidden = {
            str(each.attrs["name"]): str(each.attrs["value"])
            for each in fields
            if each.attrs
        }
        jar = client.cookies.jar
        cookies = "; ".join(f"{each.name}={each.value}" for each in jar)
        signed_in = client.post(
            "/login",
            data=hidden | {"username": USERNAME, "password": PASSWORD},
            headers=headers | {"Cookie": cookies},
            follow_redirects=False,
        )

        assert page_of.status_code == 200
        assert "max-age=" in page_of.headers["strict-transport-security"]
        assert signed_in.is_redirect, signed_in.text
        assert all(each.secure for each in client.cookies.jar)


@matrix("book")
@pytest.mark.contract("OPS-7")
@pytest.mark.check("behind a proxy")
def test_it_runs_as_pythonanywhere_starts_apps(prepared: App, tmp_path: Path) -> None:
    """By a file that makes `application`; FastAPI by a command, on a socket in a file."""
    page = (PAGES / "pythonanywhere.md").read_text("utf-8")
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    command = (
        f"gunicorn --config /dev/null --bind unix:{tmp_path}/socket started:application"
    )
    if prepared.project.framework == "fastapi":
        (command,) = re.findall(r"""--command "[^ ]+/bin/(.+)"$""", page, re.M)
        command = command.replace("\\${DOMAIN_SOCKET}", f"{tmp_path}/socket")
        command = re.sub(r"\bbookshelf\b", prepared.project.package, command)
    else:
        named = page.partition(f"{prepared.project.framework.title()}:\n\n```python\n")[
            2
        ]
        code = named.partition("```")[0].replace("/home/YOU/bookshelf", ".")
        code = re.sub(r"\bbookshelf\b", prepared.project.package, code)
        (tmp_path / "started.py").write_text(code, "utf-8")
        command += f" --pythonpath {tmp_path}"
    app = replace(
        prepared, project=replace(prepared.project, commands={"serve": command})
    )
    with app.start() as process:
        client = httpx.Client(
            transport=httpx.HTTPTransport(uds=f"{tmp_path}/socket"),
            base_url="http://localhost",
            timeout=30,
        )
        with client:
            for _ in range(300):
                assert process.poll() is None, prepared.log
                if (tmp_path / "socket").exists():
                    break
                time.sleep(0.1)
            assert client.get("/health").json() == {"status": "ok"}
            answer = client.get("/books", headers=forwarded)

    assert answer.status_code == 200
    assert "max-age=" in answer.headers["strict-transport-security"]


# Told to stop


@matrix("book")
@pytest.mark.contract("OPS-12")
@pytest.mark.check("stopping")
def test_what_was_accepted_is_answered(prepared: App) -> None:
    """SIGTERM ends the server, but not before the requests in flight have their answers."""
    with prepared.start(PORT=str(port := free_port())) as process:
        url = f"http://127.0.0.1:{port}"
        answers(f"{url}/health", process)
        token = httpx.post(
            f"{url}/api/token", data={"username": USERNAME, "password": PASSWORD}
        ).json()["access_token"]

        def add(number: int) -> int:
            return httpx.post(
                f"{url}/api/books",
                json=BOOK | {"title": f"Dune {number}"},
                headers={"Authorization": f"Bearer {token}"},
                timeout=30,
            ).status_code

        with ThreadPoolExecutor() as pool, closing(lock(prepared.database)) as held:
            asked = [pool.submit(add, number) for number in range(4)]
            time.sleep(1.5)
            assert not any(one.done() for one in asked), "they do not wait for the lock"
            process.send_signal(signal.SIGTERM)
            time.sleep(1)
            held.rollback()

            assert [one.result() for one in asked] == [201] * 4
        assert process.wait(40) in {0, -signal.SIGTERM}


@matrix("book")
@pytest.mark.contract("OPS-12")
@pytest.mark.check("stopping")
def test_an_update_loses_no_request(prepared: App, tmp_path: Path) -> None:
    """What comes while the app restarts is answered too, only later."""
    if not PROGRAMS["caddyfile"]:
        pytest.skip(f"not installed: apt-get install {PACKAGES['caddyfile']}")
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        process = stack.enter_context(service(prepared, listener))
        base_url = stack.enter_context(
            documented_proxy("caddyfile", listener, tmp_path)
        )
        client = stack.enter_context(visitor(base_url))
        token = client.post(
            "/api/token", data={"username": USERNAME, "password": PASSWORD}
        ).json()["access_token"]

        def add(number: int) -> int:
            return client.post(
                "/api/books",
                json=BOOK | {"title": f"Dune {number}"},
                headers={"Authorization": f"Bearer {token}"},
            ).status_code

        with closing(lock(prepared.database)) as held:
            before = [pool.submit(add, number) for number in range(4)]
            time.sleep(1.5)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            amid = [pool.submit(add, number) for number in range(4)]
            time.sleep(0.5)
            held.rollback()
        process.wait(40)
        after = [pool.submit(add, number) for number in range(4)]
        stack.enter_context(service(prepared, listener))

        assert [one.result() for one in before + amid + after] == [201] * 12


def lock(database: Path) -> sqlite3.Connection:
    """Keep everybody else from writing to a database."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    return connection


# What the logs say


@pytest.fixture
def fresh_log(app: App) -> Callable[[], str]:
    """The app, prepared; a function that gives all that its server said."""
    app.prepare()
    return lambda: (app.home / "server.log").read_text("utf-8", "replace")


@matrix("book")
@pytest.mark.contract("OPS-11")
@pytest.mark.check("logs")
def test_each_access_is_a_line(app: App, fresh_log: Callable[[], str]) -> None:
    """In production there is one line for each request, with its path and its status."""
    with app.serve() as url:
        httpx.get(f"{url}/books?q=worms")
        httpx.get(f"{url}/nothing-here")
        time.sleep(0.5)
    lines = fresh_log().splitlines()

    for path, status in (("/books?q=worms", 200), ("/nothing-here", 404)):
        told = [line for line in lines if f"GET {path} HTTP" in line]
        assert len(told) == 1, lines
        assert re.search(rf"\b{status}\b", told[0]), told


@matrix("book")
@pytest.mark.contract("OPS-11")
@pytest.mark.check("logs")
def test_failed_sign_ins_are_told(app: App, fresh_log: Callable[[], str]) -> None:
    """A failed sign-in is logged with name and address, and never with the password."""
    secret = "mistyped horse battery"  # noqa: S105 -- the one that must not be seen
    forwarded = {"X-Forwarded-For": "10.1.2.3"}
    wrong = {"username": "mallory\nforged line", "password": secret}
    with app.serve() as url, visitor(url) as client:
        assert (
            client.post("/api/token", data=wrong, headers=forwarded).status_code == 401
        )
        time.sleep(0.5)
    told = [line for line in fresh_log().splitlines() if "mallory" in line]

    assert len(told) == 1, fresh_log()
    assert "10.1.2.3" in told[0]
    assert not any(line.startswith("forged") for line in fresh_log().splitlines())
    assert "mistyped" not in fresh_log()


@matrix("book")
@pytest.mark.contract("OPS-11")
@pytest.mark.check("logs")
def test_faults_are_told_with_their_traceback(
    app: App, fresh_log: Callable[[], str]
) -> None:
    """An unexpected fault is in the log, with traceback and request, and not in the answer."""
    with app.serve() as url, visitor(url) as client:
        token = client.post(
            "/api/token", data={"username": USERNAME, "password": PASSWORD}
        ).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        place = client.post("/api/books", json=BOOK, headers=headers).headers[
            "location"
        ]
        table = next(name for name in app.tables() if name.endswith(("books", "_book")))
        app.execute(f'UPDATE "{table}" SET created_at = ?', "nonsense")  # noqa: S608
        problem = client.get(place)
        time.sleep(0.5)
    log = fresh_log()

    assert problem.status_code == 500
    assert "Traceback" not in problem.text
    assert "Traceback (most recent call last)" in log
    assert httpx.URL(place).path in log
    assert log.count("Traceback (most recent call last)") <= 2, "told more than once"


@matrix("book")
@pytest.mark.contract("OPS-11")
@pytest.mark.check("logs")
def test_the_level_is_a_setting(app: App, fresh_log: Callable[[], str]) -> None:
    """With `LOG_LEVEL=ERROR`, a failed sign-in is not worth a line."""
    wrong = {"username": "mallory", "password": "wrong"}
    with app.serve(LOG_LEVEL="ERROR") as url:
        assert httpx.post(f"{url}/api/token", data=wrong).status_code == 401
        time.sleep(0.5)

    assert "mallory" not in fresh_log()


# Where and when it is started


@matrix("book")
@pytest.mark.contract("OPS-5")
@pytest.mark.check("start-up")
@pytest.mark.parametrize("command", ["run", "serve"])
def test_a_port_in_use_is_told(
    app: App, framework: str, command: str, tmp_path: Path
) -> None:
    """A taken port stops the server with a line that says so, and no traceback."""
    app.prepare()
    start = app.project.commands[command]
    script = f"""\
        ip link set lo up
        {shlex.quote(sys.executable)} -m http.server 8000 --bind 127.0.0.1 >taken.log 2>&1 &
        trap 'kill %1' EXIT
        for _ in $(seq 100); do curl --silent --output /dev/null localhost:8000 && break; sleep 0.1; done
        cd {shlex.quote(str(app.project.path))}
        timeout --signal=INT 20 {start}
    """
    alone = ["unshare", "--map-root-user", "--net", "bash", "-c", script]
    result = run(
        alone, cwd=tmp_path, env=app.environment.variables(app.project, **app.settings)
    )
    said = result.stdout + result.stderr

    assert "in use" in said
    if (framework, command) != ("pyramid", "run"):
        # `pserve --reload` ends in waitress's traceback, and waits for a change.
        assert result.returncode not in {0, 124}, said
        assert "Traceback" not in said


@matrix("book")
@pytest.mark.contract("OPS-1")
@pytest.mark.check("start-up")
def test_commands_work_from_another_folder(
    framework: str, resource: str, environment: Environment, tmp_path: Path
) -> None:
    """`.env` and a relative database are the project's own, wherever a command is typed."""
    project = bake(framework, resource, tmp_path / "made")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    variables = environment.variables(project)

    def type_in(purpose: str) -> str:
        """Run one of the project's commands; files are named as seen from here."""
        command = project.commands[purpose]
        command = re.sub(r"(\S+\.(py|ini))\b", rf"{project.path}/\1", command)
        command = re.sub(
            "^alembic", f"alembic -c {project.path}/pyproject.toml", command
        )
        return succeeded(
            subprocess.run(
                ["sh", "-c", command],
                cwd=elsewhere,
                env=variables,
                input=f"{PASSWORD}\n",
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
        )

    type_in("migrate")
    type_in("create_user")
    type_in("seed")

    assert list(elsewhere.iterdir()) == []
    with closing(sqlite3.connect(project.path / "database.sqlite3")) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        table = next(name for (name,) in tables if name.endswith(("books", "_book")))
        rows = database.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
        assert rows.fetchone()[0] >= 2
