"""The series whose results were published so far. An installation may add others."""

from django.db import migrations

KNOWN = (
    (
        "iid", "Indeks Inovasi Daerah (2020 dan sesudahnya)", "indeks 0–100", "100.00",
        "Diukur Kemendagri (BSKDN) dari laporan daerah yang diverifikasi, sebagai indeks 0–100 sejak 2020. Ambang predikat, "
        "jumlah indikator, dan aturan verifikasinya berubah dari tahun ke tahun; nilainya tidak sebanding dengan poin 2019 dan sebelumnya.",
    ),
    (
        "iga-poin", "Poin Innovative Government Award (2018–2019)", "poin", None,
        "Jumlah poin semua inovasi yang dilaporkan, tanpa batas atas. Bukan indeks: tidak sebanding dengan Indeks Inovasi Daerah.",
    ),
    (
        "iga-2017", "Skor Innovative Government Award (2017)", "skor", None,
        "Skor penilaian tahun 2017, dengan skala yang tidak dipakai lagi sesudahnya.",
    ),
    (
        "idsd-brin", "Indeks Daya Saing Daerah, metode BRIN (2022 dan sesudahnya)", "indeks 0–5", "5.00",
        "Dihitung BRIN dari data kementerian dan lembaga: 4 komponen dan 12 pilar, disesuaikan dari Global Competitiveness Index. "
        "Tidak sebanding dengan IDSD 2017–2021 yang diisi sendiri oleh daerah.",
    ),
    (
        "idsd-kemenristek", "Indeks Daya Saing Daerah, metode Kemenristek (2017–2021)", "indeks 0–5", "5.00",
        "Kuesioner yang diisi sendiri oleh daerah dengan bukti yang diunggah. Tidak sebanding dengan IDSD metode BRIN.",
    ),
)  # fmt: skip


def add(apps, schema_editor):
    Series = apps.get_model("ranking", "Series")
    for position, (code, name, unit, top, method) in enumerate(KNOWN, 1):
        Series.objects.create(code=code, name=name, unit=unit, top=top, method=method, position=position)


class Migration(migrations.Migration):
    dependencies = [("ranking", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
