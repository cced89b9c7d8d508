"""Where innovations live, under the region's address."""

from __future__ import annotations

from typing import ClassVar

from django.urls import URLPattern, path, register_converter

from pamong.innovations.states import STEPS
from pamong.innovations.views import capture, importing, life, listing, places, profile

app_name = "innovations"


class StepConverter:
    """Steps have names in code (``propose``) and addresses in Indonesian (``usulkan``)."""

    regex = "[a-z-]+"
    names: ClassVar[dict[str, str]] = {info.slug: name for name, info in STEPS.items()}

    def to_python(self, value: str) -> str:
        try:
            return self.names[value]
        except KeyError:
            raise ValueError(value) from None

    def to_url(self, value: str) -> str:
        return STEPS[value].slug if value in STEPS else value


class CodeConverter:
    """A public code; letters as ``common.codes`` makes them, so that ``catat`` or ``impor`` is never one."""

    regex = "[0-9A-Z]{4,12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(StepConverter, "life_step")
register_converter(CodeConverter, "code")

urlpatterns: list[URLPattern] = [
    path("", listing.index, name="list"),
    path("ekspor/", listing.export, name="export"),
    path("peta.svg", places.picture, name="map"),
    path("titik/", places.told, name="place_told"),
    path("catat/", capture.new, name="capture"),
    path("catat/ketikan/", capture.autosave, name="capture_autosave"),
    path("catat/ketikan/buang/", capture.discard, name="capture_discard"),
    path("impor/", importing.upload, name="import"),
    path("impor/contoh/", importing.sample, name="import_sample"),
    path("impor/<code:code>/kolom/", importing.columns, name="import_columns"),
    path("impor/<code:code>/", importing.check, name="import_check"),
    path("impor/<code:code>/unduh/", importing.report, name="import_report"),
    path("impor/<code:code>/buang/", importing.drop, name="import_drop"),
    path("<code:code>/", listing.detail, name="detail"),
    path("<code:code>/profil/", profile.edit, name="edit"),
    path("<code:code>/profil/ketikan/", profile.autosave, name="autosave"),
    path("<code:code>/profil/ketikan/buang/", profile.discard, name="discard"),
    path("<code:code>/lampiran/", profile.attachments, name="attachments"),
    path("<code:code>/lampiran/<int:pk>/lepas/", profile.detach, name="detach"),
    path("<code:code>/riwayat/", life.history, name="history"),
    path("<code:code>/langkah/<life_step:step>/", life.step, name="step"),
]
