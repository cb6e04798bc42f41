#% set package = cookiecutter.__package
"""Settings, from the environment and from .env."""

import logging
import re
import secrets
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).parent.parent
{! for _ in cookiecutter.__secret | select !}
MAKE_KEY = 'Make some: python -c "import secrets; print(secrets.token_urlsafe(48))"'

logger = logging.getLogger(__name__)
{! endfor !}


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=ROOT / ".env",
        env_ignore_empty=True,
        extra="ignore",
        validate_default=True,
    )

    debug: bool = False
#% for _ in cookiecutter.__secret | select
    secret_key: SecretStr = SecretStr("")
#% endfor
    database_url: str = Field("{= cookiecutter.__database_url =}", repr=False)
    allowed_hosts: Annotated[list[str], NoDecode] = ["localhost", "127.0.0.1"]
#% for _ in cookiecutter.__logins | select
    allow_signup: bool = Field(default_factory=lambda data: data.get("debug", False))
#% endfor
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

{! for _ in cookiecutter.__secret | select !}
    @field_validator("secret_key")
    @classmethod
    def check_secret_key(cls, key: SecretStr, info: ValidationInfo) -> SecretStr:
        """Refuse a key that others could guess; while debugging, make one."""
        if len(key) >= 32 and not key.get_secret_value().startswith("change-me"):
            return key
        if not info.data.get("debug"):
            raise ValueError(f"needs at least 32 random characters. {MAKE_KEY}")
        logger.warning("No good SECRET_KEY: made one, which ends with this process.")
        return SecretStr(secrets.token_urlsafe(48))

{! endfor !}
    @field_validator("database_url")
    @classmethod
    def check_database_url(cls, value: str) -> str:
#% for _ in cookiecutter.__sqlite | select
        """Refuse what no driver takes; start relative SQLite paths at the project."""
        try:
            url = make_url(value)
            url.get_dialect().import_dbapi()
        except (ArgumentError, ImportError) as error:
            raise ValueError(error) from None
        if url.get_backend_name() == "sqlite":
            if url.database in (None, "", ":memory:"):
                raise ValueError("needs a file, as memory is not shared")
            url = url.set(database=str(ROOT / url.database))
#% endfor
#% for _ in cookiecutter.__postgres | select
        """Refuse what is no address of PostgreSQL, and name the driver."""
        try:
            url = make_url(value)
        except ArgumentError as error:
            raise ValueError(error) from None
        if url.get_backend_name() not in ("postgres", "postgresql"):
            raise ValueError("write postgresql://user:password@host/name")
        url = url.set(drivername="postgresql+psycopg")
#% endfor
        return url.render_as_string(hide_password=False)

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def split_hosts(cls, text: object) -> object:
        """Take commas, where pydantic-settings would want JSON."""
        return re.findall(r"[^\s,]+", text.lower()) if isinstance(text, str) else text


def load_settings(**given: str) -> Settings:
    """Return the settings, or stop with one line; what is given wins over the rest."""
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        fault = error.errors()[0]
        name, reason = str(fault["loc"][0]).upper(), fault["msg"].splitlines()[0]
        reason = reason.removeprefix("Value error, ")
        raise SystemExit(f"Cannot start: {name}: {reason}") from None
