"""API: lists, paging and search."""

import pytest

from .client import Api, assert_problem, faults, media_type
from .resource import Resource, word


def made(api: Api, count: int, mark: str) -> list[int]:
    """The ids of new entries whose first text holds the mark, oldest first."""
    name = api.resource.text_fields[0].name
    return [api.create(**{name: f"{mark} number {n}"})["id"] for n in range(count)]


@pytest.mark.contract("API-1", "API-6")
def test_a_list_is_items_and_its_paging(api: Api, public_api: Api) -> None:
    """`GET /api/books`: 200 `{"items", "page", "page_size", "total", "pages"}`."""
    entry = api.create()

    response = public_api.list()

    assert response.status_code == 200
    assert media_type(response) == "application/json"
    answer = response.json()
    assert set(answer) == {"items", "page", "page_size", "total", "pages"}
    assert answer["page"] == 1
    assert answer["page_size"] == 20
    assert answer["total"] >= 1
    assert answer["items"][0] == entry
    assert len(answer["items"]) == min(20, answer["total"])


@pytest.mark.contract("API-5", "API-6")
def test_lists_are_newest_first_and_paged(api: Api) -> None:
    """Newest first (`id` descending); `pages` is `ceil(total / page_size)`."""
    mark = word()
    ids = made(api, 5, mark)

    pages = [api.list(q=mark, page_size=2, page=page).json() for page in (1, 2, 3)]

    assert [e["id"] for page in pages for e in page["items"]] == ids[::-1]
    for number, page in enumerate(pages, start=1):
        assert page["page"] == number
        assert page["page_size"] == 2
        assert page["total"] == 5
        assert page["pages"] == 3
    exact = api.list(q=mark, page_size=5).json()
    assert exact["pages"] == 1
    whole = api.list(page_size=100).json()
    assert [e["id"] for e in whole["items"]][:5] == ids[::-1]


@pytest.mark.contract("API-6")
def test_past_the_end_there_are_no_items(api: Api) -> None:
    """Past the end: 200 with no items. `pages` is 0 when there is nothing."""
    mark = word()
    made(api, 1, mark)

    for page in (2, 1_000_000):
        answer = api.list(q=mark, page=page, page_size=1).json()
        assert answer["items"] == []
        assert answer["page"] == page
        assert answer["total"] == 1
        assert answer["pages"] == 1
    nothing = api.list(q=word()).json()
    assert nothing["items"] == []
    assert nothing["total"] == 0
    assert nothing["pages"] == 0


@pytest.mark.contract("API-5", "ERR-7")
@pytest.mark.parametrize(
    "value",
    ["0", "-1", "1000001", "9" * 30, "abc", "1.5", "0x1", "1\0", "\u00bd"],
)
def test_a_bad_page_is_422(public_api: Api, value: str) -> None:
    """`page` is 1 to 1,000,000; bad paging is 422."""
    problem = assert_problem(public_api.list(page=value), 422)

    assert faults(problem) == {"page"}


@pytest.mark.contract("TYPE-10")
@pytest.mark.parametrize("value", ["1.0", "+1", "01", " 1", "1_0", "1e0", "\u0661", ""])
def test_an_oddly_spelled_page_does_no_harm(public_api: Api, value: str) -> None:
    """The framework reads it as the number that it spells, or as none."""
    response = public_api.list(page=value)

    assert response.status_code in {200, 422}
    if response.status_code == 422:
        assert faults(assert_problem(response, 422)) == {"page"}


@pytest.mark.contract("API-5", "ERR-7")
@pytest.mark.parametrize("value", ["0", "-1", "101", "9" * 30, "abc", "1.5"])
def test_a_bad_page_size_is_422(public_api: Api, value: str) -> None:
    """`page_size` is 1 to 100; bad paging is 422."""
    problem = assert_problem(public_api.list(page_size=value), 422)

    assert faults(problem) == {"page_size"}


@pytest.mark.contract("API-5", "API-7")
def test_the_bounds_of_paging_are_fine(public_api: Api) -> None:
    """`page` is 1 to 1,000,000, `page_size` 1 to 100, `q` up to 200 characters."""
    for query in (
        {"page": 1, "page_size": 1},
        {"page": 1_000_000, "page_size": 100},
        {"q": "a" * 200},
        {"q": "\N{HORSE}" * 200},
    ):
        assert public_api.list(**query).status_code == 200, query


@pytest.mark.contract("ERR-7")
def test_both_faults_of_paging_are_told(public_api: Api) -> None:
    """422: `errors`, one for each fault, `field` being the parameter's name."""
    problem = assert_problem(public_api.list(page=0, page_size=0, q="a" * 201), 422)

    assert faults(problem) == {"page", "page_size", "q"}


@pytest.mark.contract("API-7", "TYPE-8", "ERR-7")
@pytest.mark.parametrize("q", ["a" * 201, "\N{HORSE}" * 201, "a\0b", "\0"])
def test_a_bad_q_is_422(public_api: Api, q: str) -> None:
    """`q` is up to 200 characters; no text holds NUL (422)."""
    assert faults(assert_problem(public_api.list(q=q), 422)) == {"q"}


@pytest.mark.contract("ERR-1")
@pytest.mark.parametrize("raw", ["%ff", "%ED%A0%80", "%", "%zz", "a%00b"])
def test_a_broken_q_does_no_harm(public_api: Api, raw: str) -> None:
    """Bytes that are no text are never a server's error."""
    response = public_api.send("GET", f"{public_api.path}?q={raw}")

    assert response.status_code in {200, 400, 422}
    if response.status_code != 200:
        assert_problem(response, response.status_code)


@pytest.mark.contract("API-8")
def test_an_unknown_query_parameter_is_ignored(api: Api) -> None:
    """An unknown query parameter is ignored."""
    api.create()

    assert api.list(colour="red", offset="x").json() == api.list().json()
    assert api.list(colour="red").status_code == 200


@pytest.mark.contract("API-7")
def test_q_finds_in_every_text_field(api: Api, resource: Resource) -> None:
    """`q` finds entries that contain it, in any `str` or `text` field."""
    for field in resource.text_fields:
        mark = word()
        entry = api.create(**{field.name: f"before{mark}after"})
        api.create()

        found = api.list(q=mark).json()

        assert [e["id"] for e in found["items"]] == [entry["id"]], field
        assert found["total"] == 1
    for other in resource.fields:
        if other.type in {"url", "email"}:
            mark = word()
            text = {
                "url": f"https://example.com/{mark}",
                "email": f"{mark}@a.example.org",
            }
            api.create(**{other.name: text[other.type]})
            assert api.list(q=mark).json()["total"] == 0, other


@pytest.mark.contract("API-7")
def test_q_ignores_ascii_case(api: Api, resource: Resource) -> None:
    """`q` ignores (ASCII) case."""
    mark = word()
    for field in resource.text_fields:
        api.create(**{field.name: mark.capitalize()})
        total = api.list(q=mark).json()["total"]

        assert api.list(q=mark.upper()).json()["total"] == total
        api.create(**{field.name: f"{mark.upper()} again"})
        assert api.list(q=mark).json()["total"] == total + 1


@pytest.mark.contract("API-7")
@pytest.mark.parametrize("special", ["%", "_", "\\", "'", '"', "%%", "\\%", "*", "?"])
def test_q_takes_wildcards_as_they_stand(
    api: Api, resource: Resource, special: str
) -> None:
    r"""`%`, `_` and `\` stand for themselves."""
    name = resource.text_fields[0].name
    mark = word()
    with_it = api.create(**{name: f"{mark}{special}end"})
    api.create(**{name: f"{mark}Xend"})
    api.create(**{name: f"{mark}XXend"})

    found = api.list(q=f"{mark}{special}end").json()["items"]

    assert [e["id"] for e in found] == [with_it["id"]]
    assert api.list(q=f"{special}{mark}").json()["total"] == 0


@pytest.mark.contract("API-7")
def test_q_ignores_white_space_around_it(api: Api) -> None:
    """Surrounding white space is ignored; an empty `q` finds everything."""
    mark = word()
    made(api, 2, mark)

    assert api.list(q=f"  {mark} ").json()["total"] == 2
    assert api.list(q=f"{mark} number 1").json()["total"] == 1
    everything = api.total()
    assert api.list(q="").json()["total"] == everything
    assert api.list(q="   ").json()["total"] == everything
