"""Settings, from the environment and from .env."""

from typing import Annotated

from fastapi import Depends, Request
from pydantic import ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What differs between one installation and another."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    debug: bool = False
    secret_key: str = "change-me"  # noqa: S105 (a placeholder that is refused)
    database_url: str = "sqlite:///database.sqlite3"
    allowed_hosts: str = "localhost,127.0.0.1"

    @field_validator("secret_key")
    @classmethod
    def check_secret_key(cls, key: str, info: ValidationInfo) -> str:
        """Refuse a key that others could guess, unless debugging."""
        weak = len(key) < 32 or key.startswith("change-me")
        if weak and not info.data.get("debug"):
            raise PydanticCustomError("weak", "needs at least 32 random characters")
        return key


def load_settings() -> Settings:
    """Return the settings, or stop with one line that says what is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors()[0]
        name, reason = str(fault["loc"][0]).upper(), fault["msg"]
        raise SystemExit(f"Cannot start: {name}: {reason}") from None


def get_settings(request: Request) -> Settings:
    """Return the settings that the application was made with."""
    settings: Settings = request.app.state.settings
    return settings


SettingsDep = Annotated[Settings, Depends(get_settings)]
