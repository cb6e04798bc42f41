#% set package = cookiecutter.__package
"""The project's settings, with nothing from this machine or its `.env`{! for _ in cookiecutter.__postgres | select !} but where the database is{! endfor !}."""

import os

os.environ |= {
    "SECRET_KEY": "for-the-tests-only-0123456789-abcdefghijklmnopqrstuv",
#% for _ in cookiecutter.__sqlite | select
    "DATABASE_URL": "sqlite:///:memory:",
    "PYTHON_DOTENV_DISABLED": "true",
#% endfor
    "DEBUG": "false",
    "ALLOWED_HOSTS": "testserver",
#% for _ in cookiecutter.__logins | select
    "ALLOW_SIGNUP": "true",
#% endfor
    "LOG_LEVEL": "INFO",
}

from {= package =}.settings import *  # noqa: F403 # only now is the environment set

#% for _ in cookiecutter.__accounts | select
# A real hash is as slow as it must be, and would take most of the tests' time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
#% endfor
# Static files come from where they are: nothing has collected them.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
