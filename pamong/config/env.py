"""The settings of an installation, read once from the environment.

Strict: a name under ``PAMONG_`` that nobody knows, a value that cannot be read, or a required value that is
missing stops the start, and every fault is named at once. ``docs/reference/settings.md`` is generated from ``SETTINGS``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

PREFIX = "PAMONG_"


class SettingsFault(Exception):
    """The environment cannot be used; the message lists every fault with its remedy."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: how it is written, what it is when absent, and what it is for."""

    name: str
    read: Callable[[str], Any]
    default: Any
    help: str
    required_in_production: bool = False

    @property
    def key(self) -> str:
        return self.name.removeprefix(PREFIX).lower()


def text(value: str) -> str:
    return value


def switch(value: str) -> bool:
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off"}:
        return False
    raise ValueError("write 1 or 0")


def number(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,12}", value):
        raise ValueError("write a whole number, zero or more")
    return int(value)


def words(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def one_of(*allowed: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError("write one of: " + ", ".join(allowed))
        return value

    return read


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "PAMONG_PROFILE",
        one_of("embedded", "production"),
        "embedded",
        "`embedded`: one machine, SQLite, mail shown on the terminal. `production`: HTTPS, a real key and host names are demanded.",
    ),
    Setting("PAMONG_HOME", text, "var", "Folder for the embedded database, uploaded files and generated key."),
    Setting(
        "PAMONG_SECRET_KEY",
        text,
        "",
        "Key that signs sessions and links, at least 50 characters. Embedded: made on first start, kept in `PAMONG_HOME/secret.key`.",
        True,
    ),
    Setting(
        "PAMONG_HOSTS",
        words,
        ("127.0.0.1", "localhost"),
        "Host names this installation answers to, separated by commas.",
        True,
    ),
    Setting("PAMONG_BIND", text, "127.0.0.1:8000", "Address and port of the web server."),
    Setting("PAMONG_WORKERS", number, 2, "Web worker processes."),
    Setting("PAMONG_THREADS", number, 4, "Threads in each web worker."),
    Setting("PAMONG_TASK_WORKERS", number, 1, "Background worker processes."),
    Setting(
        "PAMONG_PROXY_HTTPS",
        switch,
        False,
        "1 when a proxy in front ends HTTPS and always sets `X-Forwarded-Proto` itself.",
    ),
    Setting(
        "PAMONG_PROXY_COUNT",
        number,
        0,
        "How many proxies stand in front; the client address for rate limits is read that far from the right of `X-Forwarded-For`.",
    ),
    Setting(
        "PAMONG_EMAIL_URL",
        text,
        "consolemail://",
        "Where mail goes, as a URL: `smtp+tls://user:password@host:587`, or `consolemail://` for the terminal.",
    ),
    Setting("PAMONG_EMAIL_FROM", text, "Pamong <pamong@localhost>", "Sender of every message."),
    Setting(
        "PAMONG_MFA_ROLES",
        words,
        (),
        "Roles that must set up a second factor before they may work, for instance `site-admin,region-admin,verifier`.",
    ),
    Setting(
        "PAMONG_OIDC_ISSUER",
        text,
        "",
        "Address of an OpenID Connect provider (for instance the government's single sign-on). Empty: no such login.",
    ),
    Setting("PAMONG_OIDC_NAME", text, "SSO", "Name on the button of that login."),
    Setting("PAMONG_OIDC_CLIENT_ID", text, "", "Client identifier at that provider."),
    Setting("PAMONG_OIDC_CLIENT_SECRET", text, "", "Client secret at that provider."),
    Setting("PAMONG_UPLOAD_MAX_MB", number, 100, "Largest file accepted, in megabytes; an edition may demand less."),
    Setting("PAMONG_SESSION_HOURS", number, 12, "Hours after which an idle session ends."),
    Setting("PAMONG_LOG_LEVEL", one_of("DEBUG", "INFO", "WARNING", "ERROR"), "INFO", "How much is written to the log."),
    Setting("PAMONG_LOG_JSON", switch, False, "1: one JSON object per log line."),
    Setting(
        "PAMONG_REDIS_URL",
        text,
        "",
        "Redis for cache and rate limits with several machines. Empty: the database serves.",
    ),
)


def read(environ: Mapping[str, str]) -> SimpleNamespace:
    """Return every setting under its short name. Raises ``SettingsFault`` naming every fault."""
    faults = _unknown(environ)
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        raw = environ.get(setting.name)
        try:
            values[setting.key] = setting.default if raw is None else setting.read(raw)
        except ValueError as fault:
            faults.append(f"{setting.name}={raw!r}: {fault}")
    if values.get("profile") == "production":
        faults += [
            f"{s.name} is missing: {s.help}" for s in SETTINGS if s.required_in_production and not environ.get(s.name)
        ]
        if 0 < len(values.get("secret_key") or "") < 50:
            faults.append("PAMONG_SECRET_KEY is shorter than 50 characters: generate a long random one.")
    if faults:
        raise SettingsFault("The settings cannot be used:\n  - " + "\n  - ".join(faults))
    return SimpleNamespace(**values)


def _unknown(environ: Mapping[str, str]) -> list[str]:
    known = {setting.name for setting in SETTINGS}
    faults = []
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, 1)
            faults.append(f"{name} is not a setting." + (f" Did you mean {near[0]}?" if near else ""))
    return faults
