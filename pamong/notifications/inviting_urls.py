"""The pages of inviting; ``config`` puts them among the pages of ``agencies`` and of the site, which stand one floor lower."""

from django.urls import path

from pamong.notifications.views import inviting, outbox

region = [
    path("orang/undang/", inviting.invite, name="invite"),
    path("undangan/<int:pk>/kirim-ulang/", inviting.resend, name="resend"),
]
site = [
    path("orang/undang/", inviting.site_invite, name="invite"),
    path("undangan/<int:pk>/kirim-ulang/", inviting.site_resend, name="resend"),
    path("pesan-keluar/", outbox.site, name="outbox"),
    path("pesan-keluar/unduh/", outbox.site_export, name="outbox_export"),
    path("pesan-keluar/<int:pk>/kirim-ulang/", outbox.site_resend, name="outbox_resend"),
]
