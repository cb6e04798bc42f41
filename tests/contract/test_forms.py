"""Pages: adding, editing and deleting, and what protects them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from . import resource as values
from .client import (
    Api,
    Browser,
    Form,
    Page,
    assert_refused,
    find_all,
    kind,
    option_value,
    text_of,
)
from .conftest import Server
from .resource import TOO_LONG, Field, Resource, word

MIB = 1024 * 1024
CONTROLS = {
    "str": "text",
    "text": "textarea",
    "int": "number",
    "float": "number",
    "decimal": "number",
    "date": "date",
    "time": "time",
    "datetime": "datetime-local",
    "url": "url",
    "email": "email",
    "choice": "select",
    "ref": "select",
}


def new_form(browser: Browser, resource: Resource) -> Form:
    """The form for a new entry, empty."""
    return browser.get(f"{resource.path}/new").form(f"{resource.path}/new")


def made_by(page: Page, api: Api) -> dict[str, Any]:
    """The entry that a good post made; it is deleted after the test."""
    assert page.status in {302, 303}, page.text if page.status < 500 else page.status
    id_ = int(urlsplit(page.location).path.rpartition("/")[2])
    api._made.append(id_)
    entry: dict[str, Any] = api.get(id_).json()
    return entry


@pytest.mark.contract("PAGE-1", "TYPE-2")
def test_controls_are_those_of_the_types(
    browser: Browser, resource: Resource, field: Field
) -> None:
    """Field types: each has its form control."""
    form = new_form(browser, resource)
    control = form.visible[form.name_of(field)]

    if field.type == "bool":
        assert kind(control) == ("select" if field.optional else "checkbox")
    else:
        assert kind(control) == CONTROLS[field.type]
    if field.type == "float":
        assert control.attrs["step"] == "any"
    if field.type == "decimal":
        assert control.attrs["step"] == "0.01"
    if field.type == "datetime":
        assert control.attrs["step"] == "1"
    if field.type == "choice":
        options = [o for o in find_all(control, "option") if option_value(o)]
        assert [option_value(option) for option in options] == list(field.choices)
        assert [text_of(option) for option in options] == list(field.choice_labels)
    if field.type == "bool" and field.optional:
        options = find_all(control, "option")
        assert [text_of(option) for option in options][1:] == ["Yes", "No"]
        assert not options[0].attrs["value"]
    assert list(form.visible) == [form.name_of(f) for f in resource.fields]


def label_of(form: Form, field: Field) -> str:
    """What the label of a field's control says."""
    control = form.controls[form.name_of(field)]
    return text_of(form.page.one(f'label[for="{control.attrs["id"]}"]'))


@pytest.mark.contract("PAGE-1")
def test_labels_are_those_of_the_fields(
    browser: Browser, resource: Resource, field: Field
) -> None:
    """Every control is labelled with its field's label; times are said to be UTC."""
    label = label_of(
        browser.get(f"{resource.path}/new").form(f"{resource.path}/new"), field
    )

    assert label.startswith(field.label)
    assert ("UTC" in label) is (field.type == "datetime")


@pytest.mark.contract("PAGE-14")
def test_what_may_be_left_out_is_marked(
    browser: Browser, resource: Resource, field: Field
) -> None:
    """The label of what is optional ends with "(optional)", and no other does."""
    label = label_of(
        browser.get(f"{resource.path}/new").form(f"{resource.path}/new"), field
    )

    assert label.endswith(" (optional)") is field.optional


@pytest.mark.contract("PAGE-1", "PAGE-8")
def test_a_new_entry_is_added(browser: Browser, api: Api, resource: Resource) -> None:
    """`POST /books/new`: 303 or 302 to the new entry, with a one-time message."""
    sent = resource.entry()

    page = new_form(browser, resource).fill(resource, sent).submit()

    entry = made_by(page, api)
    assert page.is_redirect_to(f"{resource.path}/{entry['id']}")
    for field in resource.fields:
        assert values.same(field, sent[field.name], entry[field.name]), field
    shown = page.follow()
    assert shown.status == 200
    assert shown.message == f"{resource.title} added."
    assert browser.get(shown.url).message == ""


@pytest.mark.contract("TYPE-4", "TYPE-5")
def test_least_is_enough(browser: Browser, api: Api, resource: Resource) -> None:
    """An empty control is `null`; an unticked box is `false`."""
    sent = resource.least()

    page = new_form(browser, resource).fill(resource, sent).submit()

    entry = made_by(page, api)
    for field in resource.fields:
        expected = sent.get(field.name, field.absent)
        assert values.same(field, expected, entry[field.name]), field


@pytest.mark.contract("TYPE-1", "TYPE-7")
def test_good_values_can_be_typed(
    browser: Browser, api: Api, resource: Resource, field: Field
) -> None:
    """Field types: forms take what the API takes, trimmed."""
    form = new_form(browser, resource)
    for sent, expected in values.good(field):
        if field.type == "text" and isinstance(sent, str) and "\n" in sent:
            continue  # browsers send line ends of their own
        if field.type == "datetime" and isinstance(sent, str) and "." in sent:
            continue  # a control of whole seconds
        if field.unique and expected is not None and api.holds(field, expected):
            continue  # an entry that was there before
        page = form.fill(resource, resource.entry(**{field.name: sent})).submit()

        entry = made_by(page, api)
        if isinstance(expected, str) and field.type in {"str", "text"}:
            expected = expected.strip()
        assert values.same(field, expected, entry[field.name]), (sent, entry)
        api.delete(entry["id"])


@pytest.mark.contract("TYPE-7")
def test_forms_trim_text(
    browser: Browser, api: Api, resource: Resource, field: Field
) -> None:
    """Forms trim it: white space around a text does not count."""
    form = new_form(browser, resource).fill(resource, resource.entry())
    if kind(form.controls[form.name_of(field)]) in {"checkbox", "select"}:
        assert made_by(form.submit(), api)
        return
    value = values.distinct(field)
    form.set(field, value)
    form.values[field.name] = f"  {form.values[field.name]}\t "

    entry = made_by(form.submit(), api)

    assert values.same(field, value, entry[field.name])


@pytest.mark.contract("TYPE-5", "TYPE-7")
def test_white_space_is_nothing(
    browser: Browser, api: Api, resource: Resource, field: Field
) -> None:
    """An empty control is `null`, and a text of only white space is empty."""
    form = new_form(browser, resource).fill(resource, resource.entry())
    if kind(form.controls[form.name_of(field)]) == "checkbox":
        assert made_by(form.submit(), api)
        return
    is_text = field.type in {"str", "text", "url", "email"}
    for text in ("", "   ") if is_text else ("",):
        form.fill(resource, resource.entry())
        page = form.submit({form.name_of(field): text})

        if field.optional:
            assert made_by(page, api)[field.name] is None
        else:
            assert_fault(page, f"{resource.path}/new", field)


def assert_fault(page: Page, path: str, field: Field) -> Form:
    """Check that the form came back with a message beside this field."""
    assert page.status == 422, (field, page.status)
    form = page.form(path)
    control = form.controls[form.name_of(field)]
    assert control.attrs.get("aria-invalid") == "true", field
    named = (control.attrs.get("aria-describedby") or "").split()
    assert named, field
    told = " ".join(text_of(page.one(f'[id="{id_}"]')) for id_ in named)
    assert told
    assert not any(words in told for words in values.RAW), told
    return form


@pytest.mark.contract("PAGE-4", "TYPE-2", "TYPE-8", "ERR-16")
def test_a_fault_is_told_beside_its_field(
    browser: Browser, api: Api, resource: Resource, field: Field
) -> None:
    """422: `aria-invalid`, `aria-describedby` to the message; what was typed is kept."""
    before = api.total()
    path = f"{resource.path}/new"
    typed = new_form(browser, resource).fill(resource, resource.entry())
    name = typed.name_of(field)
    for text in values.bad_texts(field):
        page = typed.submit({name: text})

        form = assert_fault(page, path, field)
        for other in resource.fields:
            if other != field:
                kept = form.name_of(other)
                control = form.controls[kept]
                assert control.attrs.get("aria-invalid") != "true", (field, other)
                assert form.values.get(kept) == typed.values.get(kept), (field, other)
        if kind(form.controls[name]) != "select" and "\0" not in text:
            assert form.values[name] in {text, text.strip()}
    assert api.total() == before


@pytest.mark.contract("PAGE-4")
def test_all_faults_are_told_at_once(
    browser: Browser, api: Api, resource: Resource
) -> None:
    """A form with faults comes back with each message beside its field."""
    before = api.total()
    form = new_form(browser, resource)
    wrong = {
        form.name_of(field): values.bad_texts(field)[0]
        for field in resource.fields
        if values.bad_texts(field)
    }

    page = form.submit(wrong)

    for field in resource.fields:
        if form.name_of(field) in wrong:
            assert_fault(page, f"{resource.path}/new", field)
    assert api.total() == before


@pytest.mark.contract("PAGE-4")
def test_a_fault_can_be_mended(browser: Browser, api: Api, resource: Resource) -> None:
    """The form that came back can be sent again."""
    field = resource.text_fields[0]
    typed = new_form(browser, resource).fill(resource, resource.entry())
    page = typed.submit({field.name: TOO_LONG})

    form = assert_fault(page, f"{resource.path}/new", field)
    form.set(field, "Mended")

    assert made_by(form.submit(), api)[field.name] == "Mended"


@pytest.mark.contract("PAGE-5", "TYPE-6")
def test_a_taken_value_is_told_beside_its_field(
    browser: Browser, api: Api, resource: Resource, field: Field
) -> None:
    """`unique`: on a page, a message beside the field."""
    first, second = api.create(), api.create()
    entry = resource.entry(**{field.name: first[field.name]})
    added = new_form(browser, resource).fill(resource, entry).submit()
    if not field.unique:
        assert made_by(added, api)[field.name] == first[field.name]
        return
    assert_fault(added, f"{resource.path}/new", field)
    path = f"{resource.path}/{second['id']}/edit"
    edit = browser.get(path).form(path)
    edit.set(field, first[field.name])
    assert_fault(edit.submit(), path, field)
    assert api.get(second["id"]).json() == second
    edit.set(field, second[field.name])
    assert edit.submit().status in {302, 303}


@pytest.mark.contract("PAGE-1")
def test_edit_is_filled_in(browser: Browser, api: Api, resource: Resource) -> None:
    """`GET /books/{id}/edit`: the same, filled in; sent as it is, it changes nothing."""
    for sent in (resource.entry(), resource.least(), resource.entry()):
        entry = api.post(sent).json()
        path = f"{resource.path}/{entry['id']}/edit"
        form = browser.get(path).form(path)

        page = form.submit()

        assert page.is_redirect_to(f"{resource.path}/{entry['id']}")
        after = api.get(entry["id"]).json()
        for field in resource.fields:
            assert values.same(field, entry[field.name], after[field.name]), field


@pytest.mark.contract("PAGE-1", "TYPE-1")
def test_edit_is_filled_in_with_any_value(
    browser: Browser, api: Api, resource: Resource, field: Field
) -> None:
    """`GET /books/{id}/edit`: every good value survives the way through the form."""
    for sent, expected in values.good(field):
        if isinstance(sent, str) and ("\n" in sent or "." in sent[-9:-5]):
            continue  # line ends and parts of a second, see above
        if field.unique and expected is not None and api.holds(field, expected):
            continue  # an entry that was there before
        entry = api.create(**{field.name: sent})
        path = f"{resource.path}/{entry['id']}/edit"

        page = browser.get(path).form(path).submit()

        assert page.status in {302, 303}, (sent, page.text)
        got = api.get(entry["id"]).json()[field.name]
        if isinstance(expected, str) and field.type in {"str", "text"}:
            expected = expected.strip()
        assert values.same(field, expected, got), (sent, got)
        api.delete(entry["id"])


@pytest.mark.contract("PAGE-1", "PAGE-8")
def test_an_entry_is_edited(browser: Browser, api: Api, resource: Resource) -> None:
    """`POST /books/{id}/edit`: 303 or 302 to the entry, with a one-time message."""
    entry = api.create()
    path = f"{resource.path}/{entry['id']}"
    sent = resource.entry()

    page = (
        browser.get(f"{path}/edit").form(f"{path}/edit").fill(resource, sent).submit()
    )

    assert page.is_redirect_to(path)
    after = api.get(entry["id"]).json()
    for field in resource.fields:
        assert values.same(field, sent[field.name], after[field.name]), field
    assert after["created_at"] == entry["created_at"]
    assert page.follow().message == f"{resource.title} saved."
    assert browser.get(path).message == ""


@pytest.mark.contract("PAGE-4")
def test_faults_of_an_edit_change_nothing(
    browser: Browser, api: Api, resource: Resource
) -> None:
    """`POST /books/{id}/edit`: the same form, the same faults."""
    entry = api.create()
    path = f"{resource.path}/{entry['id']}/edit"
    field = resource.text_fields[0]

    page = browser.get(path).form(path).submit({field.name: TOO_LONG})

    form = assert_fault(page, path, field)
    assert form.values[field.name] == TOO_LONG
    assert api.get(entry["id"]).json() == entry


@pytest.mark.contract("PAGE-1", "PAGE-8")
def test_an_entry_is_deleted_after_a_question(
    browser: Browser, api: Api, resource: Resource
) -> None:
    """`/books/{id}/delete`: a confirmation; the post deletes and leads to `/books`."""
    entry = api.create()
    path = f"{resource.path}/{entry['id']}"
    question = browser.get(f"{path}/delete")
    assert resource.title_in(entry) in question.text
    assert question.leads_to(path)
    assert api.get(entry["id"]).status_code == 200

    page = question.form(f"{path}/delete").submit()

    assert page.is_redirect_to(resource.path)
    assert api.get(entry["id"]).status_code == 404
    assert page.follow().message == f"{resource.title} deleted."
    assert browser.get(path).status == 404
    assert browser.get(f"{path}/delete").status == 404


@pytest.mark.contract("API-3", "OWN-1")
def test_an_unknown_control_does_no_harm(
    browser: Browser, api: Api, resource: Resource, server: Server
) -> None:
    """`id`, `owner`, `created_at`, `updated_at` are the server's, in forms too."""
    form = new_form(browser, resource).fill(resource, resource.entry())

    page = form.submit(
        {"id": "1", "created_at": "2000-01-01T00:00:00Z", "colour_": "red"}
        | {"owner": server.other.username, "owner_id": "2"}
    )

    entry = made_by(page, api)
    assert entry["id"] != 1
    if "accounts" in server.parts:
        assert entry["owner"] == server.user.username
    assert not entry["created_at"].startswith("2000")


@pytest.mark.contract("PAGE-3")
@pytest.mark.needs("accounts")
def test_writing_pages_send_visitors_to_login(
    visitor: Browser, api: Api, resource: Resource
) -> None:
    """Writing pages send those not signed in to `/login?next=…` (303 or 302)."""
    entry = api.create()
    before = api.total()
    paths = [f"{resource.path}/new"]
    paths += [f"{resource.path}/{entry['id']}/{word}" for word in ("edit", "delete")]
    token = visitor.get("/login").form("/login").tokens
    for path in paths:
        for page in (visitor.get(path), visitor.post(path, dict(token))):
            assert page.status in {302, 303}, path
            assert urlsplit(page.location).path == "/login"
            assert page.location.startswith(visitor.base_url + "/login?next=")
            login = page.follow()
            assert login.form("/login").values["next"] == path
    assert api.total() == before
    assert api.get(entry["id"]).json() == entry


def post_forms(browser: Browser, api: Api) -> list[Form]:
    """Every form that posts, seen by someone signed in, filled in well."""
    resource = api.resource
    path = f"{resource.path}/{api.create()['id']}"
    home = browser.get("/").forms
    return [
        new_form(browser, resource).fill(resource, resource.entry()),
        browser.get(f"{path}/edit").form(f"{path}/edit"),
        browser.get(f"{path}/delete").form(f"{path}/delete"),
        *(form for form in home if urlsplit(form.action).path == "/logout"),
    ]


def assert_forbidden(page: Page) -> None:
    """Check a 403."""
    assert page.status == 403, page.status
    assert page.leads_to("/")


def unchanged(browser: Browser, api: Api) -> tuple[object, bool]:
    """What a forbidden post must not change."""
    return api.list(page_size=5).json(), browser.is_signed_in


@pytest.mark.contract("PAGE-6")
def test_every_form_that_posts_has_a_token(
    server: Server, browser: Browser, visitor: Browser, api: Api
) -> None:
    """Every form that posts carries a hidden CSRF token."""
    forms = post_forms(browser, api)
    if "accounts" in server.parts:
        forms += [
            visitor.get("/login").form("/login"),
            browser.get("/").form("/logout"),
        ]
    for form in forms:
        assert any(len(token) >= 16 for token in form.tokens.values()), form.action
    for page in (visitor.get("/"), visitor.get(api.resource.path)):
        for form in page.forms:
            assert form.method == "post" or not form.tokens, "a token in an address"


@pytest.mark.contract("PAGE-6")
def test_a_post_without_a_token_is_403(browser: Browser, api: Api) -> None:
    """A post without the token is 403."""
    forms = post_forms(browser, api)
    before = unchanged(browser, api)
    for form in forms:
        assert_forbidden(browser.post(form.action, form.without_tokens()))
        empty = dict.fromkeys(form.tokens, "")
        assert_forbidden(browser.post(form.action, form.values | empty))
        wrong = {name: token[::-1] for name, token in form.tokens.items()}
        assert_forbidden(browser.post(form.action, form.values | wrong))
    assert unchanged(browser, api) == before


@pytest.mark.contract("PAGE-6")
def test_a_post_with_another_sessions_token_is_403(
    browser: Browser, new_browser: Callable[..., Browser], server: Server, api: Api
) -> None:
    """A post with another session's token is 403."""
    other = new_browser()
    strange = []
    if "accounts" in server.parts:
        strange.append(other.get("/login").form("/login").tokens)
        other.sign_in(server.user.username, server.user.password).follow()
    strange.append(new_form(other, api.resource).tokens)
    forms = post_forms(browser, api)
    before = unchanged(browser, api)
    for form in forms:
        for tokens in strange:
            assert_forbidden(browser.post(form.action, form.values | tokens))
    assert unchanged(browser, api) == before


@pytest.mark.contract("PAGE-7", "ERR-1")
@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "{base}.evil.example",
        "http://[",
        "http://localhost:x",
        "",
        "\xff",
    ],
)
def test_a_post_from_another_site_does_no_harm(
    browser: Browser, api: Api, resource: Resource, origin: str
) -> None:
    """With the right token: 403, 400 or the deed, as the framework does."""
    form = new_form(browser, resource).fill(resource, resource.entry())
    headers = {"Origin": origin.format(base=browser.base_url).encode("latin-1")}

    page = form.submit(headers=headers)

    if page.status in {302, 303}:
        assert made_by(page, api)
    else:
        assert page.status in {400, 403}


@pytest.mark.contract("PAGE-7")
def test_a_post_from_this_site_is_fine(
    browser: Browser, api: Api, resource: Resource
) -> None:
    """A post with this site's own `Origin`, as browsers send it, is fine."""
    form = new_form(browser, resource).fill(resource, resource.entry())
    headers = {"Origin": browser.base_url, "Referer": form.action}

    assert made_by(form.submit(headers=headers), api)


@pytest.mark.contract("PAGE-6", "PAGE-7")
def test_a_post_through_https_is_fine(
    new_browser: Callable[..., Browser],
    server: Server,
    api: Api,
    resource: Resource,
) -> None:
    """Behind a proxy that ends TLS, forms work."""
    secure = new_browser({"X-Forwarded-Proto": "https"})
    site = server.base_url.replace("http://", "https://")
    headers = {"Origin": site, "Referer": f"{site}/login"}
    if "accounts" in server.parts:
        login = secure.get("/login").form("/login")
        right = {"username": server.user.username, "password": server.user.password}
        signed = login.submit(right, headers=headers)
        assert signed.status in {302, 303}, signed.status
    form = new_form(secure, resource).fill(resource, resource.entry())

    assert made_by(form.submit(headers=headers), api)


@pytest.mark.contract("ERR-11", "PAGE-13")
@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
def test_a_form_over_one_mebibyte_is_refused(
    server: Server,
    browser: Browser,
    visitor: Browser,
    api: Api,
    resource: Resource,
    chunked: bool,
) -> None:
    """A form's body over 1 MiB is refused, whether or not `Content-Length` says so."""
    before = api.total()
    forms = [new_form(browser, resource)]
    if "accounts" in server.parts:
        forms.append(visitor.get("/login").form("/login"))
    for form in forms:
        body = urlencode(form.values | {"extra_": "a" * MIB}).encode()
        pieces = iter([body[:600_000], body[600_000:]])
        assert_refused(
            form.page.browser.http.post,
            form.action,
            content=pieces if chunked else body,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
    assert api.total() == before


@pytest.mark.contract("ERR-1", "PAGE-6")
@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b"%ff=%ff", b"&&&==", b"title=%00%ff", b""]
)
def test_a_broken_form_does_no_harm(
    browser: Browser, api: Api, resource: Resource, body: bytes
) -> None:
    """Bytes that are no form are never a server's error, and change nothing."""
    before = api.total()
    form = new_form(browser, resource)
    (pair,) = [
        f"{name}={token}".encode() for name, token in form.tokens.items() if token
    ][:1]
    for content in (body, body + b"&" + pair):
        page = browser.send(
            "POST",
            form.action,
            content=content,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        assert page.status in {400, 403, 422}
    assert api.total() == before


@pytest.mark.contract("PAGE-6")
@pytest.mark.parametrize("content_type", ["application/json", "text/plain", ""])
def test_a_post_that_is_no_form_changes_nothing(
    browser: Browser, api: Api, resource: Resource, content_type: str
) -> None:
    """Only a form with its token writes."""
    before = api.total()

    page = browser.send(
        "POST",
        f"{resource.path}/new",
        content=b'{"title": "x"}',
        headers={"Content-Type": content_type},
    )

    assert 400 <= page.status < 500
    assert api.total() == before


@pytest.mark.contract("PAGE-1")
def test_get_writes_nothing(browser: Browser, api: Api, resource: Resource) -> None:
    """Reading changes nothing, whatever the address says."""
    entry = api.create()
    before = api.total()
    name = resource.text_fields[0].name
    for url in (
        f"{resource.path}/new?{name}={word()}",
        f"{resource.path}/{entry['id']}/delete?confirm=1",
        f"{resource.path}/{entry['id']}/edit?{name}=x",
    ):
        assert browser.get(url).status == 200
        assert browser.send("HEAD", url).status == 200
    assert api.total() == before
    assert api.get(entry["id"]).json() == entry
