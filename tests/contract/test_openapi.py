"""The OpenAPI document and the documentation page."""

import re
from contextlib import closing
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from .client import Browser, ask, media_type
from .conftest import Server
from .resource import Resource

JSON = "application/json"
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def document(server: Server) -> dict[str, Any]:
    """The document."""
    response = ask("GET", f"{server.base_url}/api/openapi.json")
    assert response.status_code == 200
    assert media_type(response) == JSON
    document: dict[str, Any] = response.json()
    return document


def resolve(document: dict[str, Any], node: Any) -> Any:
    """Follow a `$ref` within the document."""
    while isinstance(node, dict) and "$ref" in node:
        target: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def operations(
    document: dict[str, Any], resource: Resource
) -> dict[tuple[str, str], dict[str, Any]]:
    """The documented operations by method and path, the id called `{id}`."""
    found = {}
    base = urlsplit((document.get("servers") or [{"url": ""}])[0]["url"]).path
    for path, item in document["paths"].items():
        known = re.sub(r"\{[^}]*\}", "{id}", base.rstrip("/") + path)
        for method in ("get", "put", "post", "delete", "patch", "head", "options"):
            if method in item:
                shared = item.get("parameters", [])
                operation = dict(item[method])
                operation["parameters"] = shared + operation.get("parameters", [])
                found[method.upper(), known] = operation
    return found


def expected(server: Server, resource: Resource) -> dict[tuple[str, str], str]:
    """The operations of the contract, and the status of their success."""
    token = {("POST", "/api/token"): "200"} if "accounts" in server.parts else {}
    return token | {
        ("GET", resource.api): "200",
        ("POST", resource.api): "201",
        ("GET", f"{resource.api}/{{id}}"): "200",
        ("PUT", f"{resource.api}/{{id}}"): "200",
        ("DELETE", f"{resource.api}/{{id}}"): "204",
    }


@pytest.mark.contract("API-1", "API-13")
def test_it_is_openapi_3(document: dict[str, Any]) -> None:
    """`GET /api/openapi.json`: 200, OpenAPI 3.1 (or 3.0)."""
    assert re.match(r"3\.[01]\.\d+", document["openapi"])
    assert document["info"]["title"]
    assert document["info"]["version"]


@pytest.mark.contract("API-13")
def test_every_operation_is_documented(
    server: Server,
    document: dict[str, Any],
    resource: Resource,
    resources: tuple[Resource, ...],
) -> None:
    """`/api/openapi.json` is complete: every operation, and none that is not there."""
    documented = set(operations(document, resource))

    assert set(expected(server, resource)) <= documented
    others = documented.difference(*(expected(server, each) for each in resources))
    assert others <= {("GET", "/api/openapi.json"), ("GET", "/api/docs")}


@pytest.mark.contract("API-13")
def test_success_and_problem_are_documented(
    server: Server, document: dict[str, Any], resource: Resource
) -> None:
    """Every operation has its success, and one shared `Problem` as `default`."""
    found = operations(document, resource)
    for key, success in expected(server, resource).items():
        responses = found[key]["responses"]
        assert {success, "default"} <= set(responses), key
        for status, answer in responses.items():
            content = resolve(document, answer).get("content", {})
            if status == "204":
                assert not content
            elif status[0] == "2":
                assert list(content) == [JSON], (key, status)
                assert resolve(document, content[JSON]["schema"])
            else:
                assert list(content) == [PROBLEM], (key, status)
                schema = content[PROBLEM]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}, key
    problem = document["components"]["schemas"]["Problem"]
    assert {"type", "title", "status", "detail", "errors"} <= set(problem["properties"])
    assert {"title", "status", "detail"} <= set(problem["required"])


@pytest.mark.contract("API-13")
def test_every_operation_has_a_summary_and_an_id_of_its_own(
    document: dict[str, Any], resource: Resource
) -> None:
    """Complete: each operation can be told from the others."""
    found = operations(document, resource)

    names = [operation.get("operationId") for operation in found.values()]
    assert len(set(names)) == len(names)
    assert all(operation.get("summary") for operation in found.values())


@pytest.mark.contract("API-13")
@pytest.mark.needs("accounts")
def test_writes_ask_for_a_bearer_token(
    document: dict[str, Any], resource: Resource
) -> None:
    """Reading is public, writing needs an account: `security` says so."""
    schemes = document["components"]["securitySchemes"]
    for key, operation in operations(document, resource).items():
        security = operation.get("security", document.get("security", []))
        if key[0] in {"GET", "HEAD"} or key[1] == "/api/token":
            assert not security, key
        else:
            assert security, key
            for requirement in security:
                for name in requirement:
                    scheme = resolve(document, schemes[name])
                    assert (
                        scheme["type"] == "oauth2"
                        or scheme.get("scheme", "").lower() == "bearer"
                    )


@pytest.mark.contract("API-13")
def test_parameters_are_documented(
    document: dict[str, Any], resource: Resource
) -> None:
    """Complete: `page`, `page_size` and `q` with their bounds; the id with its own."""
    found = operations(document, resource)
    listed = [resolve(document, p) for p in found["GET", resource.api]["parameters"]]
    query = {p["name"]: resolve(document, p["schema"]) for p in listed}
    references = {field.name for field in resource.references}
    assert set(query) == {"page", "page_size", "q"} | references
    for name in references:
        assert "integer" in str(query[name])
    assert all(p["in"] == "query" and not p.get("required") for p in listed)
    assert (query["page"]["minimum"], query["page"]["maximum"]) == (1, 1_000_000)
    assert query["page"]["default"] == 1
    size = query["page_size"]
    assert (size["minimum"], size["maximum"], size["default"]) == (1, 100, 20)
    assert "200" in str(query["q"])
    for method in ("GET", "PUT", "DELETE"):
        operation = found[method, f"{resource.api}/{{id}}"]
        (id_,) = [
            p
            for p in (resolve(document, p) for p in operation["parameters"])
            if p["in"] == "path"
        ]
        assert id_["required"] is True
        assert resolve(document, id_["schema"])["type"] == "integer"


@pytest.mark.contract("API-13", "TYPE-9")
def test_bodies_are_documented(document: dict[str, Any], resource: Resource) -> None:
    """True: the fields, which of them are needed, their limits, and no others."""
    found = operations(document, resource)
    for key in (("POST", resource.api), ("PUT", f"{resource.api}/{{id}}")):
        body = resolve(document, found[key]["requestBody"])
        assert body["required"] is True
        assert list(body["content"]) == [JSON]
        schema = resolve(document, body["content"][JSON]["schema"])
        assert schema["type"] == "object"
        assert list(schema["properties"]) == [field.name for field in resource.fields]
        assert set(schema.get("required", [])) == {
            field.name for field in resource.fields if field.needed
        }
        assert schema["additionalProperties"] is False
        for field in resource.fields:
            text = str(deep(document, schema["properties"][field.name]))
            limits = {
                "str": ["200"],
                "text": ["10000"],
                "int": ["2147483647", "-2147483648"],
                "url": ["500"],
                "email": ["254"],
                "date": ["date"],
                "datetime": ["date-time"],
                "choice": list(field.choices),
                "ref": ["integer"],
            }
            for limit in limits.get(field.type, []):
                assert limit in text, (field, limit)
            assert ("null" in text) == field.optional, field


@pytest.mark.contract("API-13")
@pytest.mark.needs("accounts")
def test_the_form_for_a_token_is_documented(
    document: dict[str, Any], resource: Resource
) -> None:
    """A token is asked for by a form."""
    found = operations(document, resource)

    token = resolve(document, found["POST", "/api/token"]["requestBody"])

    assert token["required"] is True
    assert "application/x-www-form-urlencoded" in token["content"]


def deep(document: dict[str, Any], node: Any) -> Any:
    """The node with every `$ref` within it followed."""
    node = resolve(document, node)
    if isinstance(node, dict):
        return {key: deep(document, value) for key, value in node.items()}
    if isinstance(node, list):
        return [deep(document, value) for value in node]
    return node


@pytest.mark.contract("API-13", "API-2")
def test_entries_are_documented(
    server: Server, document: dict[str, Any], resource: Resource
) -> None:
    """True: an entry has its id, its owner, its fields and its times, all of them."""
    owner = ["owner"] if "accounts" in server.parts else []
    names = ["id", *owner, *resource.keys, "created_at", "updated_at"]
    found = operations(document, resource)
    answers = [
        found["POST", resource.api]["responses"]["201"],
        found["GET", f"{resource.api}/{{id}}"]["responses"]["200"],
        found["PUT", f"{resource.api}/{{id}}"]["responses"]["200"],
    ]
    for answer in answers:
        content = resolve(document, answer)["content"][JSON]
        schema = resolve(document, content["schema"])
        assert list(schema["properties"]) == names
        assert set(schema["required"]) == set(names)
    listed = resolve(document, found["GET", resource.api]["responses"]["200"])
    schema = resolve(document, listed["content"][JSON]["schema"])
    assert set(schema["properties"]) == {"items", "page", "page_size", "total", "pages"}


@pytest.mark.contract("API-13")
def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    """True: no `$ref` is broken or leaves the document."""

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                assert node["$ref"].startswith("#/")
                resolve(document, node)
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(document)


@pytest.mark.contract("API-1")
def test_the_docs_load_nothing_from_elsewhere(server: Server) -> None:
    """`GET /api/docs`: 200, documentation that loads nothing from elsewhere."""
    with closing(Browser(server.base_url)) as visitor:
        assert_self_contained(visitor)


@pytest.mark.contract("API-15")
@pytest.mark.needs("pages")
def test_the_docs_lead_home(server: Server) -> None:
    """The page of the documentation leads home, and is light or dark."""
    with closing(Browser(server.base_url)) as visitor:
        page = visitor.get("/api/docs")

        assert page.leads_to("/")
        assert page.one('meta[name="color-scheme"]').attrs["content"] == "light dark"


def assert_self_contained(visitor: Browser) -> None:
    """Check that the documentation loads nothing from elsewhere."""
    page = visitor.get("/api/docs")

    assert page.status == 200
    sources = [
        urljoin(page.url, element.attrs.get(name) or "")
        for name, selector in (
            ("src", "script, img, iframe, source, embed"),
            (
                "href",
                'link[rel~="stylesheet"], link[rel~="icon"], link[rel~="preload"]',
            ),
        )
        for element in page.all(selector)
    ]
    assert any(urlsplit(source).path.endswith(".js") for source in sources)
    for source in sources:
        assert source.startswith(visitor.base_url + "/"), source
        loaded = visitor.get(source)
        assert loaded.status == 200, source
        suffix = urlsplit(source).path.rpartition(".")[2]
        kinds = {"js": "javascript", "css": "text/css", "png": "image/png"}
        assert kinds.get(suffix, "") in media_type(loaded.response), source
        if suffix == "css":
            assert "@import" not in loaded.response.text
            assert not re.search(r"url\(['\"]?(https?:)?//", loaded.response.text)
    for script in page.all("script"):
        assert script.attrs.get("src"), "an inline script, which the policy forbids"
    assert not page.all("style, [style], [onload], [onclick]")
