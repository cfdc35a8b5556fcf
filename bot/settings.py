"""The settings: environment variables with the prefix QUIZBOT_, or a `.env` file in the folder one starts in."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "QUIZBOT_"


class WrongSettings(Exception):
    """A setting that cannot be used; the message is one line for whoever set it."""


class Settings(BaseSettings):
    """What the program is told from outside; `quizbot settings` lists them."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    token: Annotated[SecretStr | None, Field(description="the bot's token, from @BotFather")] = None
    api_base_url: Annotated[str, Field(description="the Bot API server")] = "https://api.telegram.org"
    redis_url: Annotated[SecretStr | None, Field(description="Redis or Valkey; unset: the embedded server")] = None
    data_dir: Annotated[Path, Field(description="where the embedded server keeps its data")] = Path("data")
    log_level: Annotated[str, Field(description="DEBUG, INFO, WARNING or ERROR")] = "INFO"

    @field_validator("token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            number, colon, secret = value.get_secret_value().partition(":")
            if not (number.isdigit() and colon and secret):
                raise ValueError("a bot's token looks like 123456:ABC-DEF…")
        return value

    @field_validator("api_base_url")
    @classmethod
    def _http(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("the address of a Bot API server begins with https:// or http://")
        return value.rstrip("/")

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("the address of a Redis begins with redis://, rediss:// or unix://")
        return value

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("one of DEBUG, INFO, WARNING, ERROR")
        return value.upper()

    @classmethod
    def read(cls) -> Self:
        """Read them; raises `WrongSettings` with one line on the first that cannot be used."""
        try:
            return cls()
        except ValidationError as error:
            first = error.errors()[0]
            name = PREFIX + str(first["loc"][0]).upper()
            raise WrongSettings(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
