#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""What the path operations of {= resource.label_plural =} depend on."""

from typing import Annotated

from fastapi import Depends, HTTPException, Path

from {= package =}.accounts.models import User
from {= package =}.{= resource.plural =}.models import {= resource.class_name =}
from {= package =}.dependencies import LoginDep, SessionDep, TokenDep


def get_{= resource.name =}(
    {= resource.name =}_id: Annotated[int, Path(ge=1, le=2**31 - 1)], session: SessionDep
) -> {= resource.class_name =}:
    """Return the {= resource.label =} that an address names, or answer 404."""
    {= resource.name =} = session.get({= resource.class_name =}, {= resource.name =}_id)
    if {= resource.name =} is None:
        raise HTTPException(404)
    return {= resource.name =}


{= resource.class_name =}Dep = Annotated[{= resource.class_name =}, Depends(get_{= resource.name =})]


def check_owner({= resource.name =}: {= resource.class_name =}, user: User) -> {= resource.class_name =}:
    """Return {= resource.article =} {= resource.label =} to its owner, and answer 403 to others."""
    if {= resource.name =}.owner_id != user.id:
        raise HTTPException(403, "Only its owner may change or delete this {= resource.label =}.")
    return {= resource.name =}


def get_{= resource.name =}_by_login(user: LoginDep, {= resource.name =}: {= resource.class_name =}Dep) -> {= resource.class_name =}:
    return check_owner({= resource.name =}, user)


def get_{= resource.name =}_by_token(user: TokenDep, {= resource.name =}: {= resource.class_name =}Dep) -> {= resource.class_name =}:
    return check_owner({= resource.name =}, user)


# The {= resource.label =} of who is signed in on pages, and of whose token the API got.
Login{= resource.class_name =}Dep = Annotated[{= resource.class_name =}, Depends(get_{= resource.name =}_by_login)]
Token{= resource.class_name =}Dep = Annotated[{= resource.class_name =}, Depends(get_{= resource.name =}_by_token)]
