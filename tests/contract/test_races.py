"""What comes at the same time: every answer is whole, and nothing is lost or doubled."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import Any

import pytest

from .client import Api, Browser, assert_problem, at_once
from .conftest import Server
from .resource import Resource, word

ROUNDS = 40
WRITERS = 32


@pytest.fixture
def rival(server: Server, resource: Resource, token: str) -> Iterator[Api]:
    """The same account's second client."""
    with closing(Api(server.base_url, resource, token)) as rival:
        yield rival


@pytest.mark.contract("API-12", "ERR-1", "ERR-4")
def test_what_was_deleted_never_comes_back(
    api: Api, rival: Api, public_api: Api, resource: Resource
) -> None:
    """A PUT that races a DELETE: 200, 204 or 404; after a 204 the entry is gone."""
    for _ in range(ROUNDS):
        id_ = api.create()["id"]
        sent = resource.entry()

        put, again, gone = at_once(
            partial(api.put, id_, sent),
            partial(api.put, id_, sent),
            partial(rival.delete, id_),
        )

        assert gone.status_code == 204
        for response in (put, again):
            assert response.status_code in {200, 404}, response.text
            if response.status_code == 404:
                assert_problem(response, 404)
        assert public_api.get(id_).status_code == 404


@pytest.mark.contract("API-12", "ERR-4")
def test_an_entry_is_deleted_twice_at_once(api: Api, rival: Api) -> None:
    """Of two DELETEs at once, one is 204 at least and the other no worse than 404."""
    for _ in range(ROUNDS // 4):
        id_ = api.create()["id"]

        answers = at_once(partial(api.delete, id_), partial(rival.delete, id_))

        statuses = {answer.status_code for answer in answers}
        assert {204} <= statuses <= {204, 404}


@pytest.mark.contract("TYPE-6", "API-12", "ERR-6", "ERR-1")
def test_an_entry_sent_eight_times_at_once(api: Api, resource: Resource) -> None:
    """The same unique value eight times at once: one is added, the others are 409."""
    unique = any(field.unique for field in resource.fields)
    for _ in range(4):
        before = api.total()
        sent = resource.entry()

        answers = at_once(*[partial(api.post, sent)] * 8)

        for answer in answers:
            if answer.status_code != 201:
                assert unique
                assert_problem(answer, 409)
        made = [answer for answer in answers if answer.status_code == 201]
        assert len(made) == (1 if unique else 8)
        assert api.total() == before + len(made)


@pytest.mark.contract("API-12", "ERR-1")
def test_many_writers_lose_nothing(api: Api, resource: Resource) -> None:
    """Entries that 32 writers add at once are all there: they wait for each other."""
    before = api.total()
    wanted = [[resource.entry() for _ in range(10)] for _ in range(WRITERS)]

    def add_all(entries: list[dict[str, Any]]) -> list[int]:
        return [api.post(entry).status_code for entry in entries]

    answers = at_once(*[partial(add_all, some) for some in wanted])

    statuses = [status for some in answers for status in some]
    assert statuses == [201] * 10 * WRITERS
    assert api.total() == before + len(statuses)


@pytest.mark.contract("TYPE-6", "PAGE-5", "API-12", "ERR-1")
def test_a_form_sent_eight_times_at_once(
    browser: Browser, api: Api, resource: Resource
) -> None:
    """A double click: the form's unique value is added once, and told otherwise."""
    unique = any(field.unique for field in resource.fields)
    path = f"{resource.path}/new"
    for _ in range(4):
        before = api.total()
        form = browser.get(path).form(path)
        form.fill(resource, resource.entry(**{resource.text_fields[0].name: word()}))

        answers = [page.response for page in at_once(*[form.submit] * 8)]

        for answer in answers:
            assert answer.status_code in (
                {302, 303, 409, 422} if unique else {302, 303}
            )
        made = [a for a in answers if a.status_code in {302, 303}]
        assert len(made) == (1 if unique else 8)
        assert api.total() == before + len(made)
        for answer in made:
            api.delete(answer.headers["location"].rpartition("/")[2])
