#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
#% set is_text = resource.title_kind in ("str", "text")
#% set required = resource.fields | rejectattr("optional") | rejectattr("type", "equalto", "bool") | list
"""The pages of {= resource.label_plural =}."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from {= package =}.accounts.models import User
from {= package =}.{= resource.plural =}.forms import {= resource.class_name =}Form
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from tests.browser import {= "CONTROLS, " if resource.references =}Browser, typed
from tests.examples import {= resource.prefix =}FORM, {= resource.prefix =}INVALID_FORM, {= "LEAST_%s, " % resource.constant if required =}nth_{= resource.name =}

URL = "/{= resource.url =}"
#% if resource.references
pytestmark = pytest.mark.usefixtures({! for target in resource.parents !}"{= target.plural =}"{= ", " if not loop.last =}{! endfor !})
{! endif !}


def keep(user: User, count: int) -> list[int]:
    """Keep as many {= resource.label_plural =} of the user's, and return their ids."""
    forms = ({= resource.class_name =}Form({= "typed(nth_%s(n))" % resource.name if resource.references else "nth_%s(n)" % resource.name =}, instance={= resource.class_name =}(owner=user)) for n in range(count))
    return [form.save().pk for form in forms]


def test_adds_an_entry(browser: Browser, user: User) -> None:
    response = browser.submit(f"{URL}/new", {= resource.prefix =}FORM, follow=True)

    made = {= resource.class_name =}.objects.get()
    assert response.redirect_chain == [(f"{URL}/{made.pk}", 302)]
    assert "{= resource.title =} added." in response.content.decode()
    assert made.owner == user
#% if is_text
    assert made.{= resource.title_field =} == {= resource.prefix =}FORM["{= resource.title_field =}"]
#% endif
    assert "added." not in browser.get(f"{URL}/{made.pk}").content.decode()
{! if is_text !}


def test_trims_what_is_typed(browser: Browser) -> None:
    typed = {= resource.prefix =}FORM | {"{= resource.title_field =}": f"  {{= resource.prefix =}FORM['{= resource.title_field =}']}\t"}

    browser.submit(f"{URL}/new", typed)

    assert {= resource.class_name =}.objects.get().{= resource.title_field =} == {= resource.prefix =}FORM["{= resource.title_field =}"]
{! endif !}


def test_shows_an_entry(client: Client, {= resource.name =}: {= resource.class_name =}) -> None:
    html = client.get({= resource.name =}.get_absolute_url()).content.decode()

#% for field in resource.fields
    assert "<dt>{= field.label =}</dt>" in html
#% endfor
    assert "<dd>ada</dd>" in html


def test_edits_an_entry(browser: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
#% if is_text
    {= resource.class_name =}.objects.update({= resource.title_field =}="Typed wrong")
    path = {= resource.name =}.get_absolute_url()
    assert {= "'value=\"Typed wrong\"'" if resource.title_kind == "str" else '"Typed wrong</textarea>"' =} in browser.get(f"{path}/edit").content.decode()
#% else
    path = {= resource.name =}.get_absolute_url()
{! endif !}

    response = browser.submit(f"{path}/edit", {= resource.prefix =}FORM, follow=True)

#% if is_text
    {= resource.name =}.refresh_from_db()
    assert {= resource.name =}.{= resource.title_field =} == {= resource.prefix =}FORM["{= resource.title_field =}"]
#% endif
    assert "{= resource.title =} saved." in response.content.decode()


def test_deletes_an_entry(browser: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    path = {= resource.name =}.get_absolute_url()
    assert "cannot be undone" in browser.get(f"{path}/delete").content.decode()

    response = browser.submit(f"{path}/delete", follow=True)

    assert not {= resource.class_name =}.objects.exists()
    assert "{= resource.title =} deleted." in response.content.decode()


def test_lists_and_pages(client: Client, user: User) -> None:
    ids = keep(user, 21)

    first, second = (client.get(f"{URL}?q=&page={n}").content.decode() for n in (1, 2))

    assert f'{URL}/{ids[20]}"' in first
    assert f'{URL}/{ids[0]}"' not in first
    assert 'rel="next"' in first
    assert f'{URL}/{ids[0]}"' in second
    assert 'rel="prev"' in second
{! if is_text !}


def test_searches(client: Client, user: User) -> None:
    pk, _ = keep(user, 2)
    {= resource.class_name =}.objects.filter(pk=pk).update({= resource.title_field =}="Quite Sure")

    html = client.get(URL, {"q": " quite sure "}).content.decode()

    assert html.count("<li>") == 1
    assert f"{URL}/{pk}" in html
{! endif !}


def test_says_what_to_do_when_empty(client: Client, browser: Browser) -> None:
    assert f"/login?next={URL}/new" in client.get(URL).content.decode()
    assert f'href="{URL}/new"' in browser.get(URL).content.decode()
    assert "Show all" in client.get(URL, {"q": "x"}).content.decode()


@pytest.mark.parametrize(
    "query", ["page=0", "page=2", "page=x", "q=%00", f"q={'x' * 201}"]
)
def test_a_bad_page_is_404(client: Client, query: str) -> None:
    assert client.get(f"{URL}?{query}").status_code == 404


@pytest.mark.parametrize(("name", "value"), {= resource.prefix =}INVALID_FORM)
def test_shows_faults_beside_their_fields(
    browser: Browser, {= resource.name =}: {= resource.class_name =}, name: str, value: object
) -> None:
    for path in (f"{URL}/new", f"{{= resource.name =}.get_absolute_url()}/edit"):
        response = browser.submit(path, {= resource.prefix =}FORM | {name: str(value)})

        html = response.content.decode()
        assert response.status_code == 422
#% if resource.references
        control = CONTROLS.get(name, name)
        assert f'id="id_{control}_error"' in html
        assert f'aria-describedby="id_{control}_error"' in html
#% else
        assert f'id="id_{name}_error"' in html
        assert f'aria-describedby="id_{name}_error"' in html
#% endif
        assert html.count('aria-invalid="true"') == 1
    assert {= resource.class_name =}.objects.get().{= resource.title_field =} == {= resource.name =}.{= resource.title_field =}
{! if required !}


def test_requires_what_is_not_optional(browser: Browser) -> None:
    response = browser.submit(f"{URL}/new")

    assert response.status_code == 422
    assert set(response.context["form"].errors) == set({= "typed(LEAST_%s)" % resource.constant if resource.references else "LEAST_" + resource.constant =})
{! endif !}
{! if resource.unique_fields !}


@pytest.mark.parametrize("name", ["{= resource.unique_fields | join('", "') =}"])
def test_a_taken_value_is_told_beside_its_field(browser: Browser, name: str) -> None:
    browser.submit(f"{URL}/new", {= resource.prefix =}FORM)

    response = browser.submit(f"{URL}/new", {= resource.prefix =}FORM)

    assert response.status_code == 422
    assert f'id="id_{{= "CONTROLS.get(name, name)" if resource.references else "name" =}}_error"' in response.content.decode()
{! endif !}


def test_shows_what_is_wrong_with_the_whole(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clean(form: {= resource.class_name =}Form) -> None:
        """Refuse everything."""
        raise ValidationError("Not on a Sunday.")

    monkeypatch.setattr({= resource.class_name =}Form, "clean", clean)

    response = browser.submit(f"{URL}/new", {= resource.prefix =}FORM)

    assert '<p class="message error" role="alert">Not on' in response.content.decode()


def test_a_learners_fields_just_work(user: User) -> None:
    """Files and many choices arrive in a form, and help stands where it is named."""

    class LargerForm({= resource.class_name =}Form):
        """The form, with fields of other kinds."""

        groups = forms.MultipleChoiceField(choices=[("1", "One"), ("2", "Two")])
        cover = forms.FileField(help_text="At most a megabyte.")

    request = RequestFactory().post(
        "/",
        typed({= resource.prefix =}FORM)
        | {"groups": ["1", "2"], "cover": SimpleUploadedFile("a.png", b"x")},
    )
    {= resource.name =} = {= resource.class_name =}(owner=user)
    form = LargerForm(request.POST, request.FILES, instance={= resource.name =})
    html = render_to_string("form.html", {"form": form})

    assert form.is_valid()
    assert form.cleaned_data["groups"] == ["1", "2"]
    assert 'enctype="multipart/form-data"' in html
    assert 'aria-describedby="id_cover_helptext"' in html
    assert 'id="id_cover_helptext"' in html
{! if is_text !}


def test_escapes_html(client: Client, {= resource.name =}: {= resource.class_name =}) -> None:
    {= resource.class_name =}.objects.update({= resource.title_field =}="<script>alert(1)</script>")

    for path in (URL, {= resource.name =}.get_absolute_url()):
        html = client.get(path).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html
{! endif !}


def test_writing_needs_an_account(client: Client, {= resource.name =}: {= resource.class_name =}) -> None:
    path = {= resource.name =}.get_absolute_url()

    for target in (f"{URL}/new", f"{path}/edit", f"{path}/delete"):
        for response in (client.get(target), client.post(target, {= resource.prefix =}FORM)):
            assert response.status_code == 302
            assert response["Location"] == f"/login?next={target}"
    assert {= resource.class_name =}.objects.count() == 1


def test_only_the_owner_changes(stranger: Browser, {= resource.name =}: {= resource.class_name =}) -> None:
    for action in ("edit", "delete"):
        path = f"{{= resource.name =}.get_absolute_url()}/{action}"
        assert stranger.get(path).status_code == 403

        response = stranger.submit(path, {= resource.prefix =}FORM, page="/")

        assert response.status_code == 403
        assert "Only its owner" in response.content.decode()
    assert {= resource.class_name =}.objects.get().{= resource.title_field =} == {= resource.name =}.{= resource.title_field =}


def test_only_the_owner_sees_links_to_write(
    client: Client, browser: Browser, stranger: Browser, {= resource.name =}: {= resource.class_name =}
) -> None:
    path = {= resource.name =}.get_absolute_url()

    assert f"{path}/edit" in browser.get(path).content.decode()
    for other in (client, stranger):
        html = other.get(path).content.decode()
        assert f"{path}/edit" not in html
        assert f"{path}/delete" not in html


def test_what_is_gone_is_404(browser: Browser) -> None:
    for path in ("1", "x", "9" * 30, "1/edit", "1/delete"):
        assert browser.get(f"{URL}/{path}").status_code == 404


def test_the_admin_lists_and_adds(admin_client: Client, {= resource.name =}: {= resource.class_name =}) -> None:
    path = "/admin/{= resource.plural =}/{= resource.class_name | lower =}/"
    {= resource.name =}.delete()

    assert 'href="/admin/"' in admin_client.get("/").content.decode()
    assert admin_client.get("/admin").status_code == 301
    assert admin_client.get(path, {"q": "x"}).status_code == 200
    form = admin_client.get(f"{path}add/").context["adminform"].form
    values = typed({= resource.prefix =}FORM) | {"owner": str({= resource.name =}.owner.pk)}
    for name, field in form.fields.items():
        if isinstance(field, forms.SplitDateTimeField):
            values[f"{name}_0"], values[f"{name}_1"] = str(values[name]).split("T")
    response = admin_client.post(f"{path}add/", values)

    assert response.status_code == 302
    assert str({= resource.class_name =}.objects.get()) in admin_client.get(path).content.decode()
