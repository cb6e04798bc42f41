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
from pydantic import TypeAdapter, ValidationError

PACKAGE_DIR = Path(__file__).resolve().parent
BASE_DIR = PACKAGE_DIR.parent

load_dotenv(BASE_DIR / ".env")


def read_flag(name: str, default: bool) -> bool:
    try:
        return TypeAdapter(bool).validate_python(os.environ.get(name) or default)
    except ValidationError:
        sys.exit(f"Cannot start: {name}: write true or false.")


DEBUG = read_flag("DEBUG", default=False)
ALLOW_SIGNUP = read_flag("ALLOW_SIGNUP", default=DEBUG)
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
    "{= package =}.accounts",  # first, as its changepassword replaces Django's
#% for resource in resources
    "{= package =}.{= resource.plural =}",
#% endfor
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "{= package =}.middleware.ResponseMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "{= package =}.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
# Forms look for their templates in ours first: django/forms/field.html is one.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
FORMS_URLFIELD_ASSUME_HTTPS = True  # as Django 6 does by itself

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [{"NAME": "{= package =}.accounts.forms.PasswordLengthValidator"}]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home"

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

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # the arrows of the API's documentation
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = not DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # of a form or JSON, beside its files
# The one proxy in front tells where its visitor is, and whether HTTPS was used.
NINJA_NUM_PROXIES = 1
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60  # an hour: raise it once HTTPS works for good

LOGGING = {
    **DEFAULT_LOGGING,
    "handlers": DEFAULT_LOGGING["handlers"]
    | {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        **DEFAULT_LOGGING["loggers"],
        "django": {"level": LOG_LEVEL},
        # Strangers cause these at will, and they are answered with 400.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.security.RequestDataTooBig": {"level": "CRITICAL"},
    },
}
