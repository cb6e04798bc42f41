#% set resource = cookiecutter._resource
"""The API of {= resource.label_plural =}."""

import pytest
from webtest import TestApp

from tests.conftest import VALUES, make_values

URL = "/api/{= resource.url =}"


def test_creates_and_returns_an_entry(api: TestApp) -> None:
    """POST answers 201 with the entry and its address."""
    response = api.post_json(URL, VALUES, status=201)
    entry = response.json

    assert response.location.endswith(f"{URL}/{entry['id']}")
    assert list(entry) == ["id", *VALUES, "created_at", "updated_at"]
    assert {name: entry[name] for name in VALUES} == VALUES
    assert entry["created_at"].endswith("Z")
    assert api.get(f"{URL}/{entry['id']}").json == entry


def test_reads_need_no_token(api: TestApp, client: TestApp) -> None:
    """GET is public, and a bad token does no harm."""
    entry = api.post_json(URL, VALUES).json

    assert client.get(f"{URL}/{entry['id']}").json == entry
    assert client.get(URL, headers={"Authorization": "Bearer x"}).json["total"] == 1


def test_lists_the_newest_first_in_pages(api: TestApp) -> None:
    """A list has pages, of which those past the end are empty."""
    ids = [api.post_json(URL, make_values(n)).json["id"] for n in range(3)]

    first = api.get(f"{URL}?page_size=2").json
    assert [entry["id"] for entry in first["items"]] == [ids[2], ids[1]]
    assert (first["page"], first["page_size"]) == (1, 2)
    assert (first["total"], first["pages"]) == (3, 2)
    assert api.get(f"{URL}?page=3&page_size=2").json["items"] == []


def test_finds_text(api: TestApp) -> None:
    """`q` ignores case and takes % as it is."""
    entry = api.post_json(URL, VALUES).json

    found = api.get(URL, {"q": f" {entry['{= resource.title_field =}'].upper()} "}).json
    assert [item["id"] for item in found["items"]] == [entry["id"]]
    assert api.get(URL, {"q": "100%"}).json["total"] == 0


@pytest.mark.parametrize("query", ["page=0", "page=x", "page_size=101", "q=%00"])
def test_refuses_bad_paging(client: TestApp, query: str) -> None:
    """What is no page is 422."""
    problem = client.get(f"{URL}?{query}", status=422).json

    assert [fault["field"] for fault in problem["errors"]] == [query.split("=")[0]]


def test_refuses_a_query_that_is_not_utf_8(client: TestApp) -> None:
    """Bytes that are no text are 400."""
    client.get(f"{URL}?q=%FF", status=400)


def test_replaces_an_entry(api: TestApp) -> None:
    """PUT replaces every field and moves `updated_at`."""
    entry = api.post_json(URL, VALUES).json
    changed = api.put_json(f"{URL}/{entry['id']}", make_values(7)).json

    assert {name: changed[name] for name in VALUES} == make_values(7)
    assert changed["created_at"] == entry["created_at"]
    assert changed["updated_at"] > entry["updated_at"]


def test_deletes_an_entry(api: TestApp) -> None:
    """DELETE answers 204, and the entry is gone."""
    entry = api.post_json(URL, VALUES).json

    assert api.delete(f"{URL}/{entry['id']}", status=204).body == b""
    api.get(f"{URL}/{entry['id']}", status=404)


@pytest.mark.parametrize("field", VALUES)
def test_what_is_left_out_is_refused_or_empty(api: TestApp, field: str) -> None:
    """A field that is left out is 422, null, or false."""
    entry = {name: value for name, value in VALUES.items() if name != field}
    response = api.post_json(URL, entry, status="*")

    if response.status_code == 422:
        assert response.json["errors"][0]["field"] == field
    else:
        assert not response.json[field]


@pytest.mark.parametrize(
    ("field", "value"),
    [
#% for field in resource.fields
        ("{= field.name =}", {= field.invalid =}),
#% endfor
        ("{= resource.title_field =}", "a\0b"),
        ("{= resource.title_field =}", "\ud800"),
        ("{= resource.title_field =}", " \t"),
        ("id", 1),
        ("no_such_field", 1),
    ],
)
def test_refuses_bad_values(api: TestApp, field: str, value: object) -> None:
    """A bad value or an unknown field is 422, and names the field."""
    problem = api.post_json(URL, {**VALUES, field: value}, status=422).json

    assert [fault["field"] for fault in problem["errors"]] == [field]
    assert api.get(URL).json["total"] == 0


#% if resource.unique_fields
@pytest.mark.parametrize("field", [{! for name in resource.unique_fields !}"{= name =}"{= ", " if not loop.last =}{! endfor !}])
def test_refuses_a_value_that_is_taken(api: TestApp, field: str) -> None:
    """A taken value is 409, which names the field, and changes nothing."""
    first, second = make_values(0), make_values(1)
    api.post_json(URL, first)
    problem = api.post_json(URL, {**second, field: first[field]}, status=409).json
    entry = api.post_json(URL, second).json
    url = f"{URL}/{entry['id']}"
    api.put_json(url, {**second, field: first[field]}, status=409)

    assert field in problem["detail"]
    assert api.get(URL).json["total"] == 2
    assert api.get(url).json == entry


#% endif
def test_refuses_what_is_no_object(api: TestApp) -> None:
    """A body that is no object is 422."""
    problem = api.post_json(URL, [VALUES], status=422).json

    assert problem["errors"][0]["field"] == "body"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b'{"{= resource.title_field =}": NaN}', b"[" * 99999]
)
def test_refuses_what_is_no_json(api: TestApp, body: bytes) -> None:
    """A body that is no JSON is 400."""
    problem = api.post(URL, body, content_type="application/json", status=400).json

    assert problem["title"] == "Bad Request"


def test_refuses_other_types(api: TestApp) -> None:
    """A body that does not say it is JSON is 415."""
    api.post(URL, b"{}", content_type="text/plain", status=415)


@pytest.mark.parametrize(
    "id", ["0", "9999999999", "99999999999", "-1", "x", "1.0", "%C2%B2"]
)
def test_an_id_that_is_none_is_404(client: TestApp, id: str) -> None:
    """An id that no entry can have is 404."""
    problem = client.get(f"{URL}/{id}", status=404)

    assert problem.content_type == "application/problem+json"


def test_writes_need_a_token(api: TestApp, client: TestApp) -> None:
    """Without a token, nothing can be written."""
    url = f"{URL}/{api.post_json(URL, VALUES).json['id']}"

    for response in (
        client.post_json(URL, VALUES, status=401),
        client.put_json(url, VALUES, status=401),
        client.delete(url, status=401),
    ):
        assert response.headers["WWW-Authenticate"] == "Bearer"


def test_other_methods_are_405(client: TestApp) -> None:
    """A wrong method is 405, and `Allow` names the right ones."""
    response = client.patch_json(URL, {}, status=405)

    assert response.headers["Allow"] == "GET, HEAD, POST"


def test_the_document_describes_every_operation(client: TestApp) -> None:
    """The OpenAPI document names what each operation takes and gives."""
    document = client.get("/api/openapi.json").json
    paths = document["paths"]

    assert set(paths) == {"/api/token", URL, f"{URL}/{{id}}"}
    assert set(paths[URL]) == {"get", "post"}
    assert set(paths[f"{URL}/{{id}}"]) == {"get", "put", "delete"}
    assert paths[URL]["post"]["requestBody"]["required"] is True
    assert set(paths[URL]["post"]["responses"]) == {
#% if resource.unique_fields
        *("201", "400", "401", "409", "413", "415", "422")
#% else
        *("201", "400", "401", "413", "415", "422")
#% endif
    }
    assert "{= resource.class_name =}In" in document["components"]["schemas"]


def test_the_documentation_is_served(client: TestApp) -> None:
    """The page and its script come from here."""
    page = client.get("/api/docs")

    assert 'data-url="/api/openapi.json"' in page
    assert client.get("/api/docs/assets/swagger-ui-bundle.js").status_code == 200
