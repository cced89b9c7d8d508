"""``pamong createadmin``: the first person of an installation."""

from __future__ import annotations

import sys
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.agencies.actions.people import grant
from pamong.common.terminal import Command as TerminalCommand


class Command(TerminalCommand):
    help = (
        "Membuat administrator situs, atau memberi peran itu kepada akun yang sudah ada, lalu mencetak tautan untuk "
        "membuat kata sandi. Tautan berlaku tiga hari dan hanya sekali."
    )

    prepares = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="SUREL", help="alamat surel untuk masuk")
        parser.add_argument("--name", metavar="NAMA", default="", help="nama orangnya (bawaan: alamat surel)")
        parser.add_argument(
            "--password-stdin", action="store_true", help="membaca kata sandi dari masukan baku, tanpa tautan"
        )

    def handle(self, *args: Any, email: str, name: str, password_stdin: bool, **options: Any) -> None:
        password = sys.stdin.readline().rstrip("\n") if password_stdin else None
        person = _admin(_checked(email), name.strip(), password)
        self.stdout.write(f"{person.email} adalah administrator situs.")
        if not password_stdin:
            self.stdout.write(f"Buat kata sandi di: {_link(person)}")


def _checked(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"“{email}” bukan alamat surel.") from None
    return email.strip().lower()


@transaction.atomic
def _admin(email: str, name: str, password: str | None) -> User:
    person = User.objects.filter(email=email).first() or User(email=email, name=name or email)
    if password is not None:
        try:
            validate_password(password, person)
        except ValidationError as fault:
            raise CommandError("\n".join(fault.messages)) from None
        person.set_password(password)
    elif not person.password:
        person.set_unusable_password()
    person.save()
    grant(person, Role.SITE_ADMIN, by=None)
    return person


def _link(person: User) -> str:
    key = default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])
    return f"{_origin()}{path}"


def _origin() -> str:
    return f"https://{settings.PAMONG.hosts[0]}" if settings.PRODUCTION else f"http://{settings.PAMONG.bind}"
