"""Coming in: by invitation, with a second factor, with a forgotten password; and going out everywhere."""

from __future__ import annotations

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.journeys.conftest import PHONE, Opens
from tests.journeys.site import Site

HOME = "/kota-magelang/"
NEW_PASSWORD = "sawah hijau di Magelang"


def link_in(body: str, part: str) -> str:
    """The address in a message that goes to ``part`` of the site."""
    found = re.search(rf"https?://[^/\s]+(/{part}/\S+)", body)
    assert found, body
    return found[1]


def code_for(secret: str) -> str:
    """What an authenticator shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_new_person_comes_in_by_the_link_of_an_invitation(browser_as: Opens, site: Site) -> None:
    email = "sekretaris.dlh@contoh.id"
    admin = browser_as("admin@contoh.id", javascript=False)
    admin.go(HOME + "kelola/orang/undang/")
    admin.fill("Alamat surel", email)
    admin.press("Kirim undangan", status=422)
    assert admin.field("Alamat surel").input_value() == email
    admin.fill("Nama", "Wahyu Setiawan")
    admin.choose("Peran", "Operator (pamong)")
    admin.choose("Instansi", "Dinas Lingkungan Hidup (DLH)")
    admin.press("Kirim undangan")
    admin.sees(email)

    invited = browser_as(width=PHONE, javascript=False)
    link = link_in(site.mail(email), "undangan")
    invited.go(link)
    invited.sees("Kota Magelang", "Operator")
    invited.fill("Kata sandi", "pendek")
    invited.fill("Kata sandi sekali lagi", "pendek")
    invited.press("Terima undangan", status=422)
    assert invited.field("Nama lengkap").input_value() == "Wahyu Setiawan"
    invited.fill("Kata sandi", NEW_PASSWORD)
    invited.fill("Kata sandi sekali lagi", NEW_PASSWORD)
    invited.press("Terima undangan")
    invited.go(HOME + "inovasi/?q=SIPPUT")
    invited.sees("SIPPUT")

    late = browser_as(javascript=False)
    late.go(link, status=410)
    late.sees("sudah")


def test_a_forgotten_password_is_replaced_through_the_link_sent(browser_as: Opens, site: Site) -> None:
    email = "operator.bpkad@contoh.id"
    forgetful = browser_as(width=PHONE, javascript=False)
    forgetful.go("/akun/login/")
    forgetful.follow("Lupa kata sandi?")
    forgetful.fill("Alamat surel", email)
    forgetful.press("Kirim tautan")
    forgetful.sees("Bila alamat itu terdaftar")
    link = link_in(site.mail(email), "akun")
    forgetful.go(link)
    forgetful.fill("Kata sandi baru", NEW_PASSWORD)
    forgetful.fill("Ulangi kata sandi baru", NEW_PASSWORD)
    forgetful.press("Simpan kata sandi")
    forgetful.sees("Kata sandi sudah diganti")

    forgetful.sign_in(email, NEW_PASSWORD)
    assert forgetful.address == HOME
    stale = browser_as(javascript=False)
    stale.go(link)
    stale.sees("tidak berlaku lagi")


def test_an_authenticator_once_set_up_is_asked_for_at_every_sign_in(browser_as: Opens) -> None:
    email = "operator.dpupr@contoh.id"
    careful = browser_as(email, width=PHONE, javascript=False, fresh=True)
    careful.go("/akun/2fa/")
    careful.follow("Pasang aplikasi")
    careful.confirm_password()
    secret = careful.page.locator("code.secret").inner_text().strip()
    careful.fill("Enam angka", "000000")
    careful.press("Pasang")
    assert careful.page.locator("code.secret").inner_text().strip() == secret
    careful.fill("Enam angka", code_for(secret))
    careful.press("Pasang")

    # One code opens only once, and the next is half a minute away: come back with a recovery code.
    careful.go("/akun/2fa/recovery-codes/")
    codes = re.findall(r"\b[0-9a-f]{8}\b", careful.text)

    again = browser_as(width=PHONE, javascript=False)
    again.sign_in(email)
    assert again.address.startswith("/akun/2fa/authenticate/")
    again.page.locator("main").get_by_role("textbox").first.fill(codes[0])
    again.press("Masuk")
    assert again.address == HOME


def test_everybody_else_at_ones_account_is_sent_out_at_once(browser_as: Opens) -> None:
    email = "operator.satpol-pp@contoh.id"
    here = browser_as(email, javascript=False, fresh=True)
    elsewhere = browser_as(email, width=PHONE, javascript=False, fresh=True)
    elsewhere.go(HOME)
    here.go("/akun/sessions/")
    here.press("Keluarkan semua yang lain")
    here.sees("Hanya perangkat ini yang sedang masuk")
    elsewhere.go(HOME)
    assert elsewhere.address.startswith("/akun/login/")
    here.go(HOME)
    assert here.address == HOME
