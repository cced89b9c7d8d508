"""Profiles for the demonstration: six parts of design and the rest, composed from a few facts of each innovation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PARTS = {
    "legal_basis": (
        "{name} berpijak pada Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah pasal 386 sampai dengan 390, "
        "Peraturan Pemerintah Nomor 38 Tahun 2017 tentang Inovasi Daerah, dan keputusan kepala daerah tentang penetapan "
        "inovasi daerah. {agency} ditunjuk sebagai pelaksana dan bertanggung jawab atas keberlanjutannya, termasuk anggaran, "
        "sumber daya manusia, dan pelaporannya setiap tahun."
    ),
    "problem": (
        "Masalah yang hendak dijawab ialah {problem}. Keadaan sebelumnya: {before}. Akibatnya {users} harus menanggung waktu "
        "dan biaya yang seharusnya tidak perlu, dan {agency} tidak memiliki catatan yang cukup untuk memperbaiki layanan. "
        "Pendataan awal oleh petugas bersama warga menunjukkan bahwa keluhan yang sama berulang setiap bulan, sehingga "
        "perbaikan kecil pada satu langkah saja tidak menyelesaikan akar masalahnya."
    ),
    "strategic_issue": (
        "Secara global, layanan publik dituntut inklusif dan terukur sebagaimana tujuan pembangunan berkelanjutan. Secara "
        "nasional, reformasi birokrasi tematik dan Asta Cita meminta layanan yang cepat, murah, dan dapat "
        "dipertanggungjawabkan. Di {region}, isu ini tercantum dalam rencana pembangunan jangka menengah daerah sebagai "
        "peningkatan kualitas layanan dan tata kelola yang inovatif."
    ),
    "method": (
        "Sebelum inovasi ini {before}. Sesudahnya {after}. Perubahan dilakukan pada alur kerja, pembagian tugas, dan cara "
        "mencatat, bukan semata pada alat. Petugas mengikuti prosedur tertulis yang disahkan, dan setiap langkah memiliki "
        "penanggung jawab serta tenggat. Warga dapat mengetahui sampai di mana urusannya tanpa harus datang kembali, dan "
        "pimpinan melihat rekapitulasinya setiap pekan."
    ),
    "novelty": (
        "Kebaruannya terletak pada cara {agency} menyatukan layanan yang semula terpisah dan membuka hasilnya kepada "
        "{users}. Dibanding cara lama, langkahnya lebih sedikit, biayanya lebih rendah, dan hasilnya dapat diperiksa. "
        "Daerah lain dapat menirunya dengan penyesuaian kecil karena tidak bergantung pada satu merek perangkat atau satu "
        "orang, dan pedoman teknisnya terbuka."
    ),
    "steps": (
        "Pertama, petugas menerima permintaan atau laporan dan mencatatnya pada hari yang sama. Kedua, permintaan diperiksa "
        "dan diteruskan kepada penanggung jawab. Ketiga, layanan diberikan sesuai prosedur. Keempat, hasil dan waktunya "
        "dicatat. Kelima, setiap bulan tim membahas rekapitulasi, keluhan, dan usul perbaikan, lalu menetapkan tindak lanjut. "
        "Keenam, setiap tahun dilakukan pemantauan dan evaluasi yang hasilnya menjadi dasar pengembangan."
    ),
    "purpose": "Menyelesaikan {problem} sehingga {users} memperoleh layanan yang lebih cepat, mudah, dan pasti.",
    "benefit": "Bagi {users}: {after}. Bagi {agency}: catatan yang rapi untuk perencanaan dan pertanggungjawaban.",
    "result": "Sebelum: {before}. Sesudah: {after}.",
    "criterion_renewal": "Alur, pembagian tugas, dan pencatatan diperbarui: {after}.",
    "criterion_benefit": "Manfaat dirasakan {users}.",
    "criterion_no_burden": "Tidak ada pungutan atau kewajiban baru bagi masyarakat.",
    "criterion_authority": "Termasuk urusan pemerintahan yang menjadi kewenangan daerah dan tugas {agency}.",
    "criterion_replicable": "Pedoman teknis tersedia dan dapat diterapkan daerah lain dengan penyesuaian kecil.",
}
UNKNOWN = {
    "problem": "layanan yang lambat dan sulit dilacak",
    "before": "urusan diselesaikan secara manual tanpa catatan bersama",
    "after": "urusan dicatat dan dapat dilacak dari awal sampai selesai",
    "users": "warga dan petugas",
}


def profile(facts: Mapping[str, Any], agency: str, region: str) -> dict[str, str]:
    """Every text of a profile, from ``problem, before, after, users`` of ``facts`` (general words where a fact is unknown)."""
    known = {key: facts.get(key) or fallback for key, fallback in UNKNOWN.items()}
    return {
        part: text.format(name=facts["name"], agency=agency, region=region, **known) for part, text in PARTS.items()
    }
