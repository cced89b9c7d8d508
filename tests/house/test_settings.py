"""Settings are strict, documented, and safe in production."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.translation import override

from pamong.config import env, reference
from tests.house import source
from tests.ops.terminal import environ

KEY = "k" * 30 + "0123456789" * 3
PRODUCTION = {"PAMONG_PROFILE": "production", "PAMONG_SECRET_KEY": KEY, "PAMONG_HOSTS": "pamong.contoh.test"}


@pytest.mark.parametrize("name", reference.PAGES)
def test_the_reference_page_is_what_the_code_says(name: str) -> None:
    """``make docs`` writes it anew."""
    with override("id"):  # whatever language the page before was read in
        assert (source.ROOT / "docs/reference" / name).read_text() == reference.PAGES[name]()


def test_nothing_but_the_settings_reads_the_environment() -> None:
    found = [
        source.where(path, line)
        for path in source.modules()
        for line, name in source.calls(path)
        if name in {"os.getenv", "os.environ.get", "environ.get"} and path.parent.name != "config"
    ]
    allowed = {"pamong/common/management/commands/serve.py"}  # hands its own on to the processes it starts
    assert [place for place in found if place.split(":")[0] not in allowed] == []


def test_without_any_setting_the_embedded_profile_stands() -> None:
    values = env.read({"PATH": "/bin"})
    assert (values.profile, values.database_url, values.hosts) == ("embedded", "", ("127.0.0.1", "localhost"))


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(env.SettingsFault) as caught:
        env.read({"PAMONG_PROFIL": "production", "PAMONG_WORKERS": "many", "PAMONG_LOG_JSON": "perhaps"})
    assert str(caught.value).splitlines() == [
        "The settings cannot be used:",
        "  - PAMONG_PROFIL is not a setting. Did you mean PAMONG_PROFILE?",
        "  - PAMONG_WORKERS='many': write a whole number from 1 to 64",
        "  - PAMONG_LOG_JSON='perhaps': write 1 or 0",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PAMONG_PROFILE", "prod"),
        ("PAMONG_WORKERS", "0"),
        ("PAMONG_BIND", "8000"),
        ("PAMONG_BIND", "127.0.0.1:99999"),
        ("PAMONG_MFA_ROLES", "site-admin,boss"),
        ("PAMONG_EMAIL_URL", "mail.contoh.test"),
        ("PAMONG_OIDC_ISSUER", "sso.contoh.test"),
        ("PAMONG_REDIS_URL", "http://contoh.test"),
        ("DATABASE_URL", "mysql://contoh.test/pamong"),
    ],
)
def test_a_value_that_cannot_be_read_stops_the_start(name: str, value: str) -> None:
    with pytest.raises(env.SettingsFault, match=name):
        env.read({name: value})


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"PAMONG_SECRET_KEY": ""}, "PAMONG_SECRET_KEY is missing"),
        ({"PAMONG_SECRET_KEY": "short"}, "shorter than 50"),
        ({"PAMONG_HOSTS": ""}, "PAMONG_HOSTS is missing"),
        ({"PAMONG_HOSTS": "*"}, "name the hosts"),
        ({"PAMONG_OIDC_ISSUER": "https://sso.contoh.test"}, "PAMONG_OIDC_CLIENT_ID is missing"),
    ],
)
def test_production_demands_what_makes_it_safe(change: dict[str, str], complaint: str) -> None:
    assert env.read(PRODUCTION).profile == "production"
    with pytest.raises(env.SettingsFault, match=complaint):
        env.read(PRODUCTION | change)


def test_check_deploy_finds_nothing_in_the_production_profile(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=source.ROOT,
        env=environ(tmp_path, **PRODUCTION, DJANGO_SETTINGS_MODULE="pamong.config.settings"),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_what_the_database_address_asks_for_reaches_the_connection(tmp_path: Path) -> None:
    url = "postgres://contoh.test/pamong?sslmode=require"
    done = subprocess.run(
        [sys.executable, "-c", "from pamong.config.settings import DATABASES; print(DATABASES['default']['OPTIONS'])"],
        cwd=source.ROOT,
        env=environ(tmp_path, DATABASE_URL=url),
        capture_output=True,
        text=True,
        check=True,
    )
    options = ast.literal_eval(done.stdout)
    assert (options["sslmode"], options["server_side_binding"], "pool" in options) == ("require", True, True)


def test_no_model_is_ahead_of_its_migrations(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
