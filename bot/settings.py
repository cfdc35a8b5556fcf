"""The settings: environment variables with the prefix QUIZBOT_, or a `.env` file in the folder one starts in."""

import os
import re
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import quote, urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.listing import Group, Listed

PREFIX = "QUIZBOT_"
ENV_FILE = ".env"
HIGHEST_PORT = 65_535
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
OF_SECRETS = ("_API_KEY", "_AUTH_TOKEN", "_ACCESS_TOKEN", "_SECRET", "_PASSWORD")
"""How the names of variables end that hold a key of a provider's, or something else that nobody may read."""
TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")


class WrongSettings(Exception):
    """A setting that cannot be used; the message is one line for whoever set it."""


class Settings(BaseSettings):
    """What the program is told from outside; `quizbot settings` lists them."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, env_ignore_empty=True, extra="ignore", frozen=True
    )

    token: Annotated[
        SecretStr | None,
        Listed(Group.TELEGRAM, "123456:ABC-DEF", unset="none; the bot needs one"),
        Field(description="the bot's token, from @BotFather"),
    ] = None
    api_base_url: Annotated[
        str,
        Listed(Group.TELEGRAM, "http://localhost:8081"),
        Field(description="the Bot API server: Telegram's, or one of your own"),
    ] = "https://api.telegram.org"
    newer_forms: Annotated[
        bool,
        Listed(Group.TELEGRAM, "false"),
        Field(description="coloured buttons, formulas set as such and drafts, where Telegram takes them; false: never"),
    ] = True
    data_dir: Annotated[
        Path,
        Listed(Group.KEPT, "/var/lib/quizbot", roles=("run",)),
        Field(description="where the embedded server keeps its data"),
    ] = Path("data")
    redis_url: Annotated[
        SecretStr | None,
        Listed(Group.KEPT, "rediss://:password@redis.example.org:6379/0", unset="the embedded server"),
        Field(description="a Redis (7 or newer) or Valkey (8 or newer), also behind Sentinels or as a Cluster"),
    ] = None
    redis_replicas: Annotated[
        int,
        Listed(Group.KEPT, "1"),
        Field(description="how many replicas of it must have an answer before it counts", ge=0),
    ] = 0
    decks: Annotated[
        Path | None,
        Listed(
            Group.DECKS,
            "/var/lib/quizbot/decks",
            roles=("run", "serve", "worker", "try"),
            unset="only those that ship with the bot",
        ),
        Field(description="a folder of decks of your own, beside those that ship with the bot"),
    ] = None
    model: Annotated[
        str | None,
        Listed(
            Group.MODELS,
            "openai:gpt-5.4-mini,anthropic:claude-haiku-4-5",
            roles=("run", "serve", "worker", "try"),
            unset="ready decks only",
        ),
        Field(
            description="models that write quizzes on any topic, tried in order: openai:NAME, anthropic:NAME, "
            "local:FILE.gguf"
        ),
    ] = None
    check_model: Annotated[
        str | None,
        Listed(
            Group.MODELS,
            "anthropic:claude-haiku-4-5",
            roles=("run", "worker", "try"),
            unset="those of QUIZBOT_MODEL, in order",
        ),
        Field(description="the model that answers every question blind, before anybody sees it"),
    ] = None
    picture_model: Annotated[
        str | None,
        Listed(
            Group.MODELS,
            "openai:gpt-5.4-mini",
            roles=("run", "worker", "try"),
            unset="photos and scans are not read",
        ),
        Field(description="the model that reads photos and scans of notes, one that sees pictures"),
    ] = None
    quiz_tokens: Annotated[
        int,
        Listed(Group.BUDGETS, "30000", roles=("run", "worker")),
        Field(description="the most tokens that one quiz may take; never more than 4000 a question + 4000", ge=1000),
    ] = 60_000
    user_tokens: Annotated[
        int,
        Listed(Group.BUDGETS, "100000", roles=("run", "worker")),
        Field(description="the most tokens a day for one person", ge=0),
    ] = 300_000
    chat_tokens: Annotated[
        int,
        Listed(Group.BUDGETS, "200000", roles=("run", "worker")),
        Field(description="the most tokens a day for one group", ge=0),
    ] = 600_000
    all_tokens: Annotated[
        int,
        Listed(Group.BUDGETS, "1000000", roles=("run", "worker")),
        Field(description="the most tokens a day for everyone together", ge=0),
    ] = 5_000_000
    webhook_url: Annotated[
        str | None,
        Listed(
            Group.WEBHOOK,
            "https://bot.example.org",
            roles=("run", "serve"),
            unset="the bot asks Telegram by polling",
        ),
        Field(description="where Telegram reaches the bot, without /telegram at its end"),
    ] = None
    webhook_secret: Annotated[
        SecretStr | None,
        Listed(Group.WEBHOOK, "a-long-random-word", roles=("run", "serve"), unset="derived from the token"),
        Field(description="what Telegram proves itself with there: 1 to 256 of A-Z a-z 0-9 _ -"),
    ] = None
    host: Annotated[
        str,
        Listed(Group.WEBHOOK, "0.0.0.0"),  # noqa: S104 - an example
        Field(description="the address to listen on, for the webhook and for figures"),
    ] = "127.0.0.1"
    port: Annotated[
        int,
        Listed(Group.WEBHOOK, "8443", roles=("run", "serve")),
        Field(description="the port to listen on for the webhook", ge=1, le=HIGHEST_PORT),
    ] = 8080
    metrics_port: Annotated[
        int | None,
        Listed(Group.WEBHOOK, "9464", unset="no such port"),
        Field(
            description="a port on QUIZBOT_HOST for /metrics, /healthz and /readyz; let no proxy lead there",
            ge=1,
            le=HIGHEST_PORT,
        ),
    ] = None
    chat_messages: Annotated[
        int,
        Listed(Group.SENDING, "30"),
        Field(description="the most messages and edits a minute in a private chat", ge=4),
    ] = 60
    group_messages: Annotated[
        int,
        Listed(Group.SENDING, "15"),
        Field(description="the most messages and edits a minute in a group", ge=4),
    ] = 20
    all_messages: Annotated[
        int,
        Listed(Group.SENDING, "25"),
        Field(description="the most messages and edits a second in all chats together", ge=4),
    ] = 30
    log_level: Annotated[
        str,
        Listed(Group.LOGS, "DEBUG"),
        Field(description="how much is logged: DEBUG, INFO, WARNING or ERROR"),
    ] = "INFO"

    @field_validator("token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("a bot's token looks like 123456:ABC-DEF…")
        return value

    @field_validator("api_base_url")
    @classmethod
    def _http(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("the address of a Bot API server begins with https:// or http://")
        if not _is_an_address(value):
            raise ValueError("the address of a Bot API server looks like https://host or http://host:8081")
        return value.rstrip("/")

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            from storage.urls import read_url  # redis takes a moment to import, which only `run` should pay

            read_url(value.get_secret_value())
        return value

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("one of DEBUG, INFO, WARNING, ERROR")
        return value.upper()

    @field_validator("webhook_url")
    @classmethod
    def _reachable(cls, value: str | None) -> str | None:
        if value is not None and not (value.startswith(("https://", "http://")) and _is_an_address(value)):
            raise ValueError("the address at which Telegram reaches the bot looks like https://bot.example.org")
        address = value.rstrip("/") if value else None
        if address is not None and urlsplit(address).path.endswith("/telegram"):
            raise ValueError("leave /telegram away at its end: the bot adds that itself")
        return address

    @field_validator("webhook_secret")
    @classmethod
    def _sendable(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("1 to 256 of the characters A-Z a-z 0-9 _ -")
        return value

    @field_validator("model", "check_model", "picture_model")
    @classmethod
    def _provider(cls, value: str | None) -> str | None:
        for name in _names(value):
            provider, colon, model = name.partition(":")
            if not (provider and colon and model):
                raise ValueError(f"a model is named with its provider, for example openai:gpt-5.4-mini, not {name!r}")
        return value

    @property
    def models(self) -> tuple[str, ...]:
        """The models that write, in the order in which they are tried."""
        return _names(self.model)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Whatever must not stand in a log, wherever it comes from: tokens, passwords, keys of providers."""
        known = [one.get_secret_value() for one in (self.token, self.webhook_secret, self.redis_url) if one]
        token = self.token.get_secret_value().partition(":")[2] if self.token else ""
        of_redis = _secrets_in(self.redis_url.get_secret_value()) if self.redis_url else ()
        keys = [value for name, value in os.environ.items() if name.endswith(OF_SECRETS)]
        return tuple(one for one in (*known, token, *of_redis, *keys) if one)

    @classmethod
    def read(cls) -> Self:
        """Read them; raises `WrongSettings` with one line on the first that cannot be used."""
        try:
            _read_what_is_not_ours()
            settings = cls()
        except ValidationError as error:
            first = error.errors()[0]
            name = PREFIX + str(first["loc"][0]).upper()
            raise WrongSettings(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
        except (OSError, UnicodeError):
            raise WrongSettings("the file .env cannot be read as text in UTF-8") from None
        if settings.redis_replicas and settings.redis_url is None:
            raise WrongSettings("QUIZBOT_REDIS_REPLICAS: the embedded server has none; set QUIZBOT_REDIS_URL")
        return settings


def _secrets_in(redis_url: str) -> tuple[str, ...]:
    """The passwords in an address, as they are and as they are written."""
    from storage.urls import read_url

    secrets = read_url(redis_url).secrets
    return (urlsplit(redis_url).password or "", *secrets, *(quote(one, safe="") for one in secrets))


def _read_what_is_not_ours() -> None:
    """Keys and addresses of model providers may stand in the `.env` file too; their clients look in the environment."""
    for name, value in dotenv_values(ENV_FILE, encoding="utf-8").items():
        if value and not name.startswith(PREFIX):
            os.environ.setdefault(name, value)


def _is_an_address(url: str) -> bool:
    """Whether requests can be made to it: there is a host, a port that can be, and nothing after the path."""
    from httpx import URL, InvalidURL

    try:
        address = URL(url)
    except InvalidURL:
        return False
    has_port = address.port is None or 0 < address.port <= HIGHEST_PORT
    return bool(address.host) and has_port and not any(one.isspace() or one in "?#" for one in url)


def _names(models: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (models or "").split(",") if name.strip())
