"""How sign-in behaves: by invitation only, addressed by e-mail."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.accounts.models import User
from pamong.accounts.queries import by_address
from pamong.audit.actions import record
from pamong.common.permit import Permit, no

CHANGES = {
    "password_changed": "mengganti kata sandinya",
    "password_set": "membuat kata sandinya",
    "password_reset": "membuat kata sandi baru lewat tautan surel",
    "totp_activated": "memasang aplikasi autentikator",
    "totp_deactivated": "melepas aplikasi autentikator",
    "recovery_codes_generated": "membuat kode pemulihan baru",
    "webauthn_added": "memasang kunci sandi",
    "webauthn_removed": "melepas kunci sandi",
    "account_connected": "menghubungkan akunnya dengan layanan masuk bersama",
    "account_disconnected": "memutus hubungan dengan layanan masuk bersama",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: accounts come from invitations. Every change to how one signs in is told and recorded."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "Alamat surel atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."
        ),
        "too_many_login_attempts": gettext_lazy("Terlalu banyak percobaan. Tunggu lima menit, lalu coba lagi."),
        "enter_current_password": gettext_lazy("Kata sandi sekarang tidak cocok. Ketik ulang."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @transaction.atomic
    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Called by allauth after each change to a password, a second factor or a single sign-on."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)
        change = template_prefix.rpartition("/")[2]
        record(f"account.{change}", by=user, on=user, says=CHANGES.get(change, f"mengubah cara masuknya ({change})"))


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The single sign-on opens the existing account with the same address, proven by the provider. It makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join this sign-on to its account, or show why not (status 403). Known ones must still have the account's address."""
        addresses = [one.email for one in sociallogin.email_addresses if one.verified]
        user = by_address(addresses)
        permit = _matches(request, sociallogin, user, bool(addresses))
        if not permit:
            page = render(request, "socialaccount/no_account.html", {"reasons": permit.reasons}, status=403)
            raise ImmediateHttpResponse(page)
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)


def _matches(request: HttpRequest, sociallogin: Any, user: Any, proven: bool) -> Permit:
    if not proven:
        return no(
            _(
                "Layanan masuk bersama tidak memastikan alamat surel Anda. Mintalah pengelolanya memverifikasi alamat itu."
            )
        )
    if user is None:
        return no(
            _("Alamat surel dari layanan masuk bersama belum punya akun Pamong. Mintalah undangan ke alamat itu."),
        )
    if sociallogin.is_existing and sociallogin.user.pk != user.pk:
        return no(_("Masuk bersama ini sudah terhubung ke akun lain. Hubungi administrator daerah Anda."))
    if request.user.is_authenticated and request.user.pk != user.pk:
        return no(_("Anda sedang masuk dengan akun lain. Keluar dahulu, lalu coba lagi."))
    return Permit()
