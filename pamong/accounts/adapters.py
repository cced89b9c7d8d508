"""How sign-in behaves: by invitation only, addressed by e-mail."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _

from pamong.accounts.queries import by_address
from pamong.common.permit import Permit, no


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: accounts come from invitations."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


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
