"""What the routes of the API share: which bodies they take."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute


class JSONRequest(Request):
    """A request whose JSON is as strict as RFC 8259; Python takes NaN and UTF-16."""

    async def json(self) -> Any:
        """Return the parsed body, or answer 400."""
        if not hasattr(self, "_json"):
            body = await self.body()
            try:
                self._json = json.loads(body.decode(), parse_constant=_refuse)
            except (ValueError, RecursionError):
                raise HTTPException(400, "The body is not JSON in UTF-8.") from None
        return self._json


class JSONRoute(APIRoute):
    """A route that answers 400 or 415 to a body that is not JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, with the check before it."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            request = JSONRequest(request.scope, request.receive)
            if self.body_field:
                check_media_type(request, "application/json")
                await request.json()
            return await handler(request)

        return handle


def check_media_type(request: Request, *allowed: str) -> None:
    """Answer 415 to a body of any other type."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in allowed and request.headers.get("content-length") != "0":
        wanted = " or ".join(allowed)
        raise HTTPException(status_code=415, detail=f"The body must be {wanted}.")


def _refuse(constant: str) -> None:
    raise ValueError(constant)
