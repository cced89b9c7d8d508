"""Where verification lives, under the region's address."""

from django.urls import path

from pamong.assessments import verification_views as views
from pamong.assessments.views import wording

app_name = "verification"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("unduh/", views.export, name="export"),
    path("bagi/", views.balance, name="balance"),
    path("kalimat/", views.sentences, name="sentences"),
    path("kalimat/unduh/", wording.export, name="export_sentences"),
    path("kalimat/<int:sentence>/hapus/", views.remove_sentence, name="remove-sentence"),
    path("<slug:code>/", views.entry, name="entry"),
    path("<slug:code>/mulai/", views.begin, name="begin"),
    path("<slug:code>/ambil/", views.take, name="take"),
    path("<slug:code>/tugaskan/", views.assign, name="assign"),
    path("<slug:code>/kembalikan/", views.return_for_repair, name="return"),
    path("<slug:code>/terima/", views.accept, name="accept"),
    path("<slug:code>/tolak/", views.reject, name="reject"),
    path("<slug:code>/buka-kembali/", views.reopen, name="reopen"),
    path("<slug:code>/indikator/<slug:indicator>/", views.indicator, name="indicator"),
]
