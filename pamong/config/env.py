"""The settings of an installation, read once from the environment.

Strict: a name under ``PAMONG_`` that nobody knows, a value that cannot be read, or a required value that is
missing stops the start, and every fault is named at once. ``docs/reference/settings.md`` is generated from ``SETTINGS``
by ``reference.py``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from pamong.accounts.roles import Role

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


def number(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
            raise ValueError(f"write a whole number from {least} to {most}")
        return int(value)

    return read


def words(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def one_of(*allowed: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError("write one of: " + ", ".join(allowed))
        return value

    return read


def some_of(*allowed: str) -> Callable[[str], tuple[str, ...]]:
    def read(value: str) -> tuple[str, ...]:
        chosen = words(value)
        if not set(chosen) <= set(allowed):
            raise ValueError("write some of, separated by commas: " + ", ".join(allowed))
        return chosen

    return read


def url(*schemes: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value and urlsplit(value).scheme not in schemes:
            raise ValueError("write a URL that begins with one of: " + ", ".join(f"{scheme}://" for scheme in schemes))
        return value

    return read


def socket(value: str) -> str:
    return value if value.startswith("/") or not value else address(value)


def folder(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*", value):
        raise ValueError("write names of letters, digits, - and _, separated by /")
    return value


def address(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > 65535:
        raise ValueError("write an address and a port, for instance 127.0.0.1:8000")
    return value


MAIL_SCHEMES = ("consolemail", "smtp", "smtp+tls", "smtp+ssl", "filemail", "dummymail")

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
    Setting(
        "DATABASE_URL",
        url("sqlite", "postgres", "postgresql"),
        "",
        "The database: `postgres://user:password@host:5432/name`. Empty: SQLite, in `PAMONG_HOME/pamong.sqlite3`. What follows a "
        "`?` is handed to the connection (`?sslmode=require`). Pamong pools connections itself and keeps planned statements in "
        "them: a pooler in between must give a connection for the whole session, not for one transaction.",
    ),
    Setting("PAMONG_BIND", address, "127.0.0.1:8000", "Address and port of the web server."),
    Setting("PAMONG_WORKERS", number(1, 64), 2, "Web worker processes."),
    Setting("PAMONG_THREADS", number(1, 64), 4, "Threads in each web worker."),
    Setting("PAMONG_TASK_WORKERS", number(1, 64), 1, "Background worker processes."),
    Setting(
        "PAMONG_PROXY_HTTPS",
        switch,
        False,
        "1 when a proxy in front ends HTTPS and always sets `X-Forwarded-Proto` itself.",
    ),
    Setting(
        "PAMONG_PROXY_COUNT",
        number(0, 9),
        0,
        "How many proxies stand in front; the client address for rate limits is read that far from the right of `X-Forwarded-For`.",
    ),
    Setting(
        "PAMONG_EMAIL_URL",
        url(*MAIL_SCHEMES),
        "consolemail://",
        "Where mail goes, as a URL: `smtp+tls://user:password@host:587`, or `consolemail://` for the terminal.",
    ),
    Setting("PAMONG_EMAIL_FROM", text, "Pamong <pamong@localhost>", "Sender of every message."),
    Setting(
        "PAMONG_MFA_ROLES",
        some_of(*Role),
        (),
        "Roles that must set up a second factor before they may work, for instance `site-admin,region-admin,verifier`.",
    ),
    Setting(
        "PAMONG_OIDC_ISSUER",
        url("https", "http"),
        "",
        "Address of an OpenID Connect provider (for instance the government's single sign-on). Empty: no such login.",
    ),
    Setting("PAMONG_OIDC_NAME", text, "SSO", "Name on the button of that login."),
    Setting("PAMONG_OIDC_CLIENT_ID", text, "", "Client identifier at that provider."),
    Setting("PAMONG_OIDC_CLIENT_SECRET", text, "", "Client secret at that provider."),
    Setting(
        "PAMONG_UPLOAD_MAX_MB", number(1, 2000), 100, "Largest file accepted, in megabytes; an edition may demand less."
    ),
    Setting(
        "PAMONG_OCR_PAGES",
        number(0, 1000),
        40,
        "Scanned pages of one document that are read by OCR (tesseract with `ind`, where installed); about a second each.",
    ),
    Setting(
        "PAMONG_TRUST_ROOTS",
        text,
        "",
        "Certificates whose electronic signatures are trusted: a PEM file, or a folder of them. Empty: every root is called unknown.",
    ),
    Setting(
        "PAMONG_VISIT_LINKS",
        switch,
        False,
        "1: links given as evidence are visited, to see whether anybody can open them. 0: only their form is checked.",
    ),
    Setting(
        "PAMONG_ARCHIVE_MAX_MB",
        number(1, 4000),
        500,
        "Largest ZIP accepted in the inbox, in megabytes; each file in it must be within `PAMONG_UPLOAD_MAX_MB`.",
    ),
    Setting(
        "PAMONG_INBOX_MAX_MB",
        number(1, 100_000),
        2000,
        "How much may lie in one person's inbox at a time, in megabytes, files under way included.",
    ),
    Setting(
        "PAMONG_CLAMD",
        socket,
        "",
        "Where ClamAV's `clamd` listens: `127.0.0.1:3310`, or the path of its socket. Every file is shown to it before it is kept; "
        "while it does not answer, files wait. Empty: no search for viruses.",
    ),
    Setting(
        "PAMONG_AGENCY_QUOTA_MB",
        number(1, 10_000_000),
        10_000,
        "How much each agency may keep in documents, every version counted, in megabytes; a region's administrator may set another "
        "number for one agency.",
    ),
    Setting(
        "PAMONG_UNFINISHED_DAYS",
        number(1, 90),
        7,
        "Days an interrupted upload can be resumed, counted from its last byte; then what had arrived is thrown away.",
    ),
    Setting(
        "PAMONG_INBOX_DAYS",
        number(1, 365),
        90,
        "Days a file waits in the inbox to be made a document; its person sees the date.",
    ),
    Setting(
        "PAMONG_FILE_LINK_MINUTES",
        number(1, 1440),
        30,
        "Least time the address of a file stays usable, for the person and session it was made for; at most twice that.",
    ),
    Setting(
        "PAMONG_S3_BUCKET",
        text,
        "",
        "Bucket of an S3 object storage for all files. Empty: files lie in `PAMONG_HOME/files`. The bucket must be private.",
    ),
    Setting("PAMONG_S3_ENDPOINT", url("https", "http"), "", "Address of that storage, where it is not Amazon's."),
    Setting("PAMONG_S3_REGION", text, "", "Its region, where it wants one."),
    Setting("PAMONG_S3_KEY_ID", text, "", "Access key there."),
    Setting("PAMONG_S3_SECRET", text, "", "Secret of that key."),
    Setting("PAMONG_S3_FOLDER", folder, "pamong", "Folder in the bucket under which everything lies."),
    Setting(
        "PAMONG_S3_DIRECT",
        switch,
        False,
        "1: files to be saved come straight from the object storage, by an address that lasts a minute. 0: through Pamong.",
    ),
    Setting("PAMONG_SESSION_HOURS", number(1, 720), 12, "Hours after which an idle session ends."),
    Setting("PAMONG_LOG_LEVEL", one_of("DEBUG", "INFO", "WARNING", "ERROR"), "INFO", "How much is written to the log."),
    Setting("PAMONG_LOG_JSON", switch, False, "1: one JSON object per log line."),
    Setting("PAMONG_ACCESS_LOG", switch, False, "1: every request is written to the log, with its person and answer."),
    Setting(
        "PAMONG_REDIS_URL",
        url("redis", "rediss"),
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
    faults += _contradictions(values)
    if values.get("profile") == "production":
        faults += _unready(environ, values)
    if faults:
        raise SettingsFault("The settings cannot be used:\n  - " + "\n  - ".join(faults))
    return SimpleNamespace(**values)


def _contradictions(values: Mapping[str, Any]) -> list[str]:
    needs = {"oidc_issuer": ("oidc_client_id", "oidc_client_secret"), "s3_bucket": ("s3_key_id", "s3_secret")}
    return [
        f"PAMONG_{key.upper()} is missing: PAMONG_{asked.upper()} is set."
        for asked, keys in needs.items()
        if values.get(asked)
        for key in keys
        if not values.get(key)
    ]


def _unready(environ: Mapping[str, str], values: Mapping[str, Any]) -> list[str]:
    faults = [
        f"{s.name} is missing: {s.help}" for s in SETTINGS if s.required_in_production and not environ.get(s.name)
    ]
    if 0 < len(values.get("secret_key") or "") < 50:
        faults.append("PAMONG_SECRET_KEY is shorter than 50 characters: generate a long random one.")
    if "*" in (values.get("hosts") or ()):
        faults.append("PAMONG_HOSTS=*: name the hosts, so that links in messages cannot be forged.")
    return faults


def _unknown(environ: Mapping[str, str]) -> list[str]:
    known = {setting.name for setting in SETTINGS}
    faults = []
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, 1)
            faults.append(f"{name} is not a setting." + (f" Did you mean {near[0]}?" if near else ""))
    return faults
