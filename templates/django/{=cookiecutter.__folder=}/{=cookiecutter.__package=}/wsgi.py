#% set package = cookiecutter.__package
"""The entry point of WSGI servers: `gunicorn {= package =}.wsgi`."""

import os
from collections.abc import Iterable
from io import BytesIO
from wsgiref.types import StartResponse, WSGIEnvironment

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{= package =}.settings")
django_application = get_wsgi_application()


def application(
    environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """Answer a request, once its body is here, chunked or not, as far as it may be long.

    Django reads no body without a length. And who is still sending when the answer is
    413 would never hear it, so the rest is read and forgotten.
    """
    if environ.get("wsgi.input_terminated"):
        stream = environ["wsgi.input"]
        body = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        while stream.read(64 * 1024):
            pass
        environ["wsgi.input"] = BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
    return django_application(environ, start_response)
