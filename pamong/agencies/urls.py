"""Where a region's own affairs live, under the region's address. ``config`` adds the pages of inviting, one floor higher."""

from django.urls import path

from pamong.agencies.views import people, settings, stewards, tree

app_name = "agencies"

urlpatterns = [
    path("", settings.manage, name="manage"),
    path("instansi/", tree.agencies, name="list"),
    path("instansi/unduh/", tree.export, name="export"),
    path("instansi/tambah/", tree.add, name="add"),
    path("instansi/<slug:slug>/", tree.agency, name="detail"),
    path("instansi/<slug:slug>/perbaiki/", tree.edit, name="edit"),
    path("instansi/<slug:slug>/ganti-nama/", tree.rename, name="rename"),
    path("instansi/<slug:slug>/pindahkan/", tree.move, name="move"),
    path("instansi/<slug:slug>/gabungkan/", tree.merge, name="merge"),
    path("instansi/<slug:slug>/tutup/", tree.close, name="close"),
    path("instansi/<slug:slug>/tugaskan-pamong/", stewards.appoint, name="appoint"),
    path("pamong/", stewards.stewards, name="stewards"),
    path("pamong/unduh/", stewards.export, name="stewards_export"),
    path("pamong/<int:pk>/serah-terima/", stewards.hand_over, name="hand_over"),
    path("orang/", people.persons, name="people"),
    path("orang/unduh/", people.export, name="people_export"),
    path("orang/<int:pk>/", people.person, name="person"),
    path("orang/<int:pk>/beri-peran/", people.grant, name="grant"),
    path("peran/<int:pk>/akhiri/", people.end, name="end"),
    path("undangan/", people.invitations, name="invitations"),
    path("undangan/unduh/", people.invitations_export, name="invitations_export"),
    path("undangan/<int:pk>/cabut/", people.revoke, name="revoke"),
    path("pengaturan/", settings.rules, name="settings"),
    path("target/", settings.targets, name="targets"),
    path("target/<int:year>/", settings.targets, name="targets"),
]
