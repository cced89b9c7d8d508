"""``make test``: the whole suite on SQLite, then on PostgreSQL when one is reachable; says which of the two it ran.

Arguments are handed to pytest. Nothing is started; PostgreSQL is found under ``DATABASE_URL`` or at 127.0.0.1:5432.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

import psycopg

USUAL = "postgres://postgres@127.0.0.1:5432/postgres"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser() -> str | None:
    """Chromium or Chrome as installed on this machine."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _fetch_browser() -> str:
    if found := browser():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Chromium is not installed: fetching it with apt-get …", flush=True)
        environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            subprocess.run(
                ["apt-get", *command], env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=300
            )
    return browser() or "none: browser tests are skipped; install Chromium to run them"


def _postgresql() -> tuple[str | None, str]:
    """A URL under which test databases can be made, and what was found."""
    url = os.environ.get("DATABASE_URL") or USUAL
    if not url.startswith("postgres"):
        url = USUAL
    parts = urlsplit(url)
    where = f"{parts.hostname}:{parts.port or 5432}"
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            version = connection.info.server_version // 10000
            may = connection.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
            if not may.fetchone()[0]:  # type: ignore[index]
                return None, f"PostgreSQL {version} at {where} lets this user make no databases"
    except psycopg.OperationalError:
        return None, f"no PostgreSQL reachable at {where} (DATABASE_URL names another)"
    # A name of this run's own, so that two runs on one server do not meet.
    own = urlunsplit(parts._replace(path=f"/pamong_{os.getpid()}"))
    return own, f"PostgreSQL {version} at {where}"


def _suite(name: str, url: str, arguments: list[str]) -> tuple[int, str]:
    print(f"\n===== {name} =====", flush=True)
    environ = {k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith("PAMONG_")}
    if url:
        environ["DATABASE_URL"] = url
    started = time.monotonic()
    spread = [] if any(a.startswith("-n") for a in arguments) else ["-n", "auto", "--dist", "loadgroup"]
    status = subprocess.run([sys.executable, "-m", "pytest", *spread, *arguments], env=environ).returncode
    said = {0: "passed", 5: "no tests chosen"}.get(status, f"FAILED (pytest's status {status})")
    return status, f"{name}: {said} in {time.monotonic() - started:.0f} s"


def main(arguments: list[str]) -> int:
    print("Browser:", _fetch_browser(), flush=True)
    url, found = _postgresql()
    results = [_suite("SQLite", "", arguments)]
    if url:
        results.append(_suite(found, url, arguments))
    print("\n===== What ran =====")
    for _, line in results:
        print(line)
    if not url:
        print(f"PostgreSQL: not run: {found}")
    return max(status for status, _ in results)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
