#% set package = cookiecutter.__package
#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""The settings: what differs between places comes from the environment and `.env`."""

import os
import sys
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
#% for _ in cookiecutter.__sqlite | select
from django.db.utils import load_backend
#% endfor
from django.utils.log import DEFAULT_LOGGING
from dotenv import load_dotenv

PACKAGE_DIR = Path(__file__).resolve().parent
BASE_DIR = PACKAGE_DIR.parent

load_dotenv(BASE_DIR / ".env")


def read_flag(name: str, default: bool) -> bool:
    word = (os.environ.get(name) or str(default)).lower()
    if word in ("1", "t", "true", "y", "yes", "on"):
        return True
    if word not in ("0", "f", "false", "n", "no", "off"):
        sys.exit(f"Cannot start: {name}: write true or false.")
    return False


DEBUG = read_flag("DEBUG", default=False)
#% for _ in cookiecutter.__logins | select
ALLOW_SIGNUP = read_flag("ALLOW_SIGNUP", default=DEBUG)
#% endfor
HOSTS = os.environ.get("ALLOWED_HOSTS") or "localhost,127.0.0.1"
ALLOWED_HOSTS = HOSTS.replace(",", " ").split()

LOG_LEVEL = os.environ.get("LOG_LEVEL") or "INFO"
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR"):
    sys.exit("Cannot start: LOG_LEVEL: write DEBUG, INFO, WARNING or ERROR.")

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if DEBUG and not SECRET_KEY:
    print("SECRET_KEY is not set: a random one is used until the server stops.")
    # In the environment, so that the server keeps it when it reloads the code.
    os.environ["SECRET_KEY"] = SECRET_KEY = get_random_secret_key()
if not DEBUG and (len(SECRET_KEY) < 32 or SECRET_KEY.startswith("change-me")):
    sys.exit(
        "Cannot start: SECRET_KEY: needs at least 32 random characters. Make one: "
        "python -c 'import secrets; print(secrets.token_urlsafe(48))'"
    )

try:
    database = dj_database_url.parse(
        os.environ.get("DATABASE_URL") or "{= cookiecutter.__database_url =}",
        conn_max_age=600,
        conn_health_checks=True,
    )
#% for _ in cookiecutter.__sqlite | select
    load_backend(database["ENGINE"])
#% endfor
except (ImproperlyConfigured, ValueError) as error:
    sys.exit(f"Cannot start: DATABASE_URL: {error}".replace("\n", " "))
#% for _ in cookiecutter.__sqlite | select
if database["ENGINE"] == "django.db.backends.sqlite3":
    if database["NAME"] != ":memory:":
        database["NAME"] = str(BASE_DIR / database["NAME"])
    database["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
    }
#% endfor
#% for _ in cookiecutter.__postgres | select
if database["ENGINE"] != "django.db.backends.postgresql":
    sys.exit("Cannot start: DATABASE_URL: write postgresql://user:password@host/name")
#% endfor
DATABASES = {"default": database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
#% for _ in cookiecutter.__accounts | select
    "{= package =}.accounts",  # first, as its changepassword replaces Django's
#% endfor
#% for resource in resources
    "{= package =}.{= resource.plural =}",
#% endfor
#% for app in cookiecutter.__apps | select
    "{= app =}",
#% endfor
]

MIDDLEWARE = [
#% for each in cookiecutter.__middleware | select
    "{= each =}",
#% endfor
]

ROOT_URLCONF = "{= package =}.urls"
#% for _ in cookiecutter.__open | select
WSGI_APPLICATION = "{= package =}.wsgi.application"  # for runserver, too
{! endfor !}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE_DIR / "templates"],
        "APP_DIRS": True,
#% for _ in cookiecutter.__browsed | select
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
#% for _ in cookiecutter.__accounts | select
                "django.contrib.auth.context_processors.auth",
#% endfor
                "django.contrib.messages.context_processors.messages",
            ],
        },
#% endfor
    },
]
#% for _ in cookiecutter.__pages | select
# Forms look for their templates in ours first: django/forms/field.html is one.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
#% endfor
#% for _ in cookiecutter.__assuming | select
FORMS_URLFIELD_ASSUME_HTTPS = True  # as Django 6 does by itself
{! endfor !}

#% for _ in cookiecutter.__accounts | select
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "{= package =}.accounts.forms.PasswordLengthValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
#% endfor
#% for _ in cookiecutter.__browsed | select
MESSAGE_STORAGE = "django.contrib.messages.storage.{= cookiecutter.__texts.messages =}"
#% endfor
#% for _ in cookiecutter.__logins | select
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home"
{! endfor !}

TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"  # filled by `python manage.py collectstatic`
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

{= cookiecutter.__texts.policy =} = {
#% for _ in cookiecutter.__lts | select
    "DIRECTIVES": {
#% endfor
        "default-src": ["'self'"],
#% for _ in cookiecutter.__api | select
        "img-src": ["'self'", "data:"],  # the arrows of the API's documentation
#% endfor
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
#% for _ in cookiecutter.__lts | select
    }
#% endfor
}
#% for _ in cookiecutter.__browsed | select
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = not DEBUG
#% endfor
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # of a body, beside its files
# The one proxy in front tells whether HTTPS was used.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60  # an hour: raise it once HTTPS works for good

LOGGING = {
    **DEFAULT_LOGGING,
    "handlers": DEFAULT_LOGGING["handlers"]
    | {"console": {"class": "logging.StreamHandler"{! for _ in cookiecutter.__open | select !}, "formatter": "level"{! endfor !}}},
#% for _ in cookiecutter.__open | select
    "formatters": DEFAULT_LOGGING["formatters"]
    | {"level": {"format": "%(levelname)s: %(message)s"}},
#% endfor
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        **DEFAULT_LOGGING["loggers"],
        "django": {"level": LOG_LEVEL},
        # Strangers cause these at will, and they are answered with 400.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.security.RequestDataTooBig": {"level": "CRITICAL"},
    },
}
