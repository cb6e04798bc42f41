#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""Accounts, an entry, and who talks to the app."""

import pytest
from django.core.cache import cache
from django.test import Client

from {= package =}.accounts.api import make_token
from {= package =}.accounts.models import User
#% for resource in resources
from {= package =}.{= resource.plural =}.forms import {= resource.class_name =}Form
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
#% endfor
from tests.browser import PASSWORD, Browser{= ", typed" if cookiecutter._related =}
#% for resource in resources
from tests.examples import OTHER_{= resource.constant =}{= ", nth_" + resource.name if resource.children =}
{! endfor !}


@pytest.fixture(autouse=True)
def forget_attempts() -> None:
    """Begin without any attempts to sign in."""
    cache.clear()


def call_api(user: User) -> Client:
    """Return a client of the API with the token of an account."""
    headers = {"Authorization": f"Bearer {make_token(user)}"}
    return Client(headers=headers, raise_request_exception=False)


@pytest.fixture
def user(db: None) -> User:
    """Return the account of ada."""
    return User.objects.create_user("ada", password=PASSWORD)


@pytest.fixture
def other_user(db: None) -> User:
    """Return the account of bob."""
    return User.objects.create_user("bob", password=PASSWORD)


#% for resource in resources
@pytest.fixture
def {= resource.name =}(user: User{! for target in resource.parents !}, {= target.plural =}: None{! endfor !}) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =} of ada's."""
    {= resource.name =} = {= resource.class_name =}(owner=user)
    {= resource.class_name =}Form({= "typed(OTHER_%s)" % resource.constant if resource.references else "OTHER_" + resource.constant =}, instance={= resource.name =}).save()
    return {= resource.name =}


#% if resource.children
@pytest.fixture
def {= resource.plural =}(user: User{! for target in resource.parents !}, {= target.plural =}: None{! endfor !}) -> None:
    """Keep {= resource.label_plural =} for others to refer to, with the ids 1, 2 and so on."""
    for n in range({= resource.examples_needed =}):
        {= resource.name =} = {= resource.class_name =}(pk=n + 1, owner=user)
        {= resource.class_name =}Form({= "typed(nth_%s(n))" % resource.name if resource.references else "nth_%s(n)" % resource.name =}, instance={= resource.name =}).save()


#% endif
#% endfor
@pytest.fixture
def client(db: None) -> Client:
    """Return a program that has no account."""
    return Client(raise_request_exception=False)


@pytest.fixture
def api(user: User) -> Client:
    """Return a program that sends ada's token."""
    return call_api(user)


@pytest.fixture
def stranger_api(other_user: User) -> Client:
    """Return a program that sends bob's token."""
    return call_api(other_user)


@pytest.fixture
def visitor(db: None) -> Browser:
    """Return a browser in which nobody is signed in."""
    return Browser()


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
