"""Accounts: who may write."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    config.add_route("login", "/login")
    config.add_route("logout", "/logout")
    config.add_route("signup", "/signup")
    config.add_route("api.token", "/api/token")
    config.scan()
