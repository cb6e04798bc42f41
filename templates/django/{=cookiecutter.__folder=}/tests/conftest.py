#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""{! for _ in cookiecutter.__accounts | select !}Accounts, an entry{! else !}An entry{! endfor !}, and who talks to the app."""

import pytest
#% for _ in cookiecutter.__accounts | select
from django.core.cache import cache
#% endfor
from django.test import Client

#% for _ in cookiecutter.__tokens | select
from {= package =}.accounts.api import make_token
#% endfor
#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts.models import User
#% endfor
#% for resource in resources
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
#% endfor
#% for _ in cookiecutter.__pages | select
from tests.browser import Browser
#% endfor
from tests.entries import {! for _ in cookiecutter.__accounts | select !}ada, {! endfor !}keep
from tests.examples import {! for resource in resources !}{= ", " if not loop.first =}OTHER_{= resource.constant =}{= ", nth_" ~ resource.name if resource.children =}{! endfor !}{! for _ in cookiecutter.__accounts | select !}, PASSWORD{! endfor +!}


#% for _ in cookiecutter.__accounts | select
@pytest.fixture(autouse=True)
def forget_attempts() -> None:
    """Begin without any attempts to sign in."""
    cache.clear()


@pytest.fixture
def user(db: None) -> User:
    """Return the account of ada."""
    return ada()


@pytest.fixture
def other_user(db: None) -> User:
    """Return the account of bob."""
    return User.objects.create_user("bob", password=PASSWORD)


#% endfor
#% for resource in resources
@pytest.fixture
def {= resource.name =}(db: None{! for target in resource.parents !}, {= target.plural =}: None{! endfor !}) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =}{! for _ in cookiecutter.__accounts | select !} of ada's{! endfor !}."""
    (pk,) = keep({= resource.class_name =}, OTHER_{= resource.constant =})
    return {= resource.class_name =}.objects.get(pk=pk)


#% if resource.children
@pytest.fixture
def {= resource.plural =}(db: None{! for target in resource.parents !}, {= target.plural =}: None{! endfor !}) -> None:
    """Keep {= resource.label_plural =} for others to refer to, with the ids 1, 2 and so on."""
    for n in range({= resource.examples_needed =}):
        keep({= resource.class_name =}, {"pk": n + 1} | nth_{= resource.name =}(n))


#% endif
#% endfor
@pytest.fixture
def client(db: None) -> Client:
    """Return a program{! for _ in cookiecutter.__accounts | select !} that has no account{! endfor !}."""
    return Client(raise_request_exception=False)
{! for _ in cookiecutter.__tokens | select !}


def call_api(user: User) -> Client:
    """Return a client of the API with the token of an account."""
    headers = {"Authorization": f"Bearer {make_token(user)}"}
    return Client(headers=headers, raise_request_exception=False)


@pytest.fixture
def api(user: User) -> Client:
    """Return a program that sends ada's token."""
    return call_api(user)


@pytest.fixture
def stranger_api(other_user: User) -> Client:
    """Return a program that sends bob's token."""
    return call_api(other_user)
{! endfor !}
{! for _ in cookiecutter.__open | select !}
{! for _ in cookiecutter.__api | select !}


@pytest.fixture
def api(client: Client) -> Client:
    """Return a program, which needs no account to write."""
    return client
{! endfor !}
{! endfor !}
{! for _ in cookiecutter.__pages | select !}


@pytest.fixture
def visitor(db: None) -> Browser:
    """Return a browser{! for _ in cookiecutter.__accounts | select !} in which nobody is signed in{! endfor !}."""
    return Browser()
{! endfor !}
{! for _ in cookiecutter.__logins | select !}


@pytest.fixture
def browser(user: User) -> Browser:
    """Return a browser in which ada is signed in."""
    browser = Browser()
    browser.force_login(user)
    return browser


@pytest.fixture
def stranger(other_user: User) -> Browser:
    """Return a browser in which bob is signed in."""
    stranger = Browser()
    stranger.force_login(other_user)
    return stranger
{! endfor !}
{! for _ in cookiecutter.__open | select !}
{! for _ in cookiecutter.__pages | select !}


@pytest.fixture
def browser(visitor: Browser) -> Browser:
    """Return a browser, which needs no account to write."""
    return visitor
{! endfor !}
{! endfor !}
