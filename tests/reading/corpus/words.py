"""The wording of Indonesian official papers, in two halves that share nothing but the language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")  # fmt: skip
SHORT = ("Jan", "Peb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sept", "Okt", "Nop", "Des")


@dataclass(frozen=True)
class Wording:
    """One half: every way it has of saying each thing."""

    regions: tuple[tuple[str, str, str], ...]  # head, region in capitals, seat
    offices: tuple[tuple[str, str], ...]  # the agency, its head
    names: tuple[str, ...]
    innovations: tuple[str, ...]
    subjects: tuple[str, ...]
    decree_numbers: tuple[str, ...]
    rule_numbers: tuple[str, ...]
    letter_numbers: tuple[str, ...]
    placed: tuple[str, ...]  # how a decree says place and day
    grace: tuple[str, ...]
    because: tuple[str, ...]
    laws: tuple[str, ...]
    orders: tuple[str, ...]
    reports: tuple[str, ...]
    activities: tuple[str, ...]
    assignments: tuple[str, ...]
    agreements: tuple[str, ...]
    attendance: tuple[str, ...]
    manuals: tuple[str, ...]
    budgets: tuple[str, ...]
    sops: tuple[str, ...]


SEEN = Wording(
    regions=(("WALI KOTA", "MAGELANG", "Magelang"), ("BUPATI", "SUKAMAJU", "Sukamaju"), ("GUBERNUR", "NUSA RAYA", "Tanjung Raya"), ("WALIKOTA", "TIRTA", "Tirta")),
    offices=(("DINAS KESEHATAN", "KEPALA DINAS KESEHATAN"), ("DINAS KOMUNIKASI DAN INFORMATIKA", "KEPALA DINAS KOMUNIKASI DAN INFORMATIKA"), ("BADAN PERENCANAAN PEMBANGUNAN DAERAH", "KEPALA BADAN PERENCANAAN PEMBANGUNAN DAERAH"), ("KECAMATAN SELATAN", "CAMAT SELATAN")),
    names=("BUDI SANTOSO", "Dr. SITI RAHMAWATI, S.Sos., M.Si.", "H. AHMAD FAUZI", "drg. RINA WULANDARI, M.Kes", "Ir. JOKO PRASETYO, MT", "SRI MULYATI, S.E.", "NUR HIDAYAT, S.Kom"),
    innovations=("SIPPUT", "PAK WARIS", "Kampung Organik", "Si Mbok Jamu", "LAPOR BUNDA", "Sekolah Lansia Tangguh", "e-Posyandu Ceria"),
    subjects=("PENETAPAN INOVASI DAERAH {name}", "TIM PELAKSANA INOVASI {name}", "PEMBENTUKAN TIM PENGELOLA {name} PADA {office}", "PENYELENGGARAAN LAYANAN {name} DI LINGKUNGAN PEMERINTAH DAERAH"),
    decree_numbers=("188.45/{n}/{y}", "050/{n}/TAHUN {y}", "188.4/{n}/KEP/{y}", "{n} TAHUN {y}"),
    rule_numbers=("{n} TAHUN {y}",),
    letter_numbers=("005/{n}/{y}", "800/{n}/III/{y}", "445.1/{n}/DINKES/{y}"),
    placed=("Ditetapkan di {seat}\\ pada tanggal {day}", "Ditetapkan di {seat} \\ Pada tanggal : {day}", "Ditetapkan di : {seat}\\ Pada tanggal : {day}"),
    grace=("DENGAN RAHMAT TUHAN YANG MAHA ESA",),
    because=("bahwa dalam rangka meningkatkan mutu pelayanan publik perlu menerapkan inovasi {name};", "bahwa {name} telah diuji coba dan bermanfaat bagi masyarakat;", "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a perlu menetapkan keputusan;"),
    laws=("Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;", "Peraturan Pemerintah Nomor 38 Tahun 2017 tentang Inovasi Daerah;", "Peraturan Daerah Nomor 4 Tahun 2019 tentang Pelayanan Publik;", "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;"),
    orders=("Menetapkan {name} sebagai inovasi daerah.", "Segala biaya dibebankan pada Anggaran Pendapatan dan Belanja Daerah.", "Keputusan ini mulai berlaku pada tanggal ditetapkan.", "Tim bertugas merencanakan, melaksanakan, dan melaporkan {name}."),
    reports=("LAPORAN PELAKSANAAN INOVASI {name}", "LAPORAN HASIL SURVEI KEPUASAN MASYARAKAT {name}", "KAJIAN MANFAAT {name}"),
    activities=("Sosialisasi {name}", "Bimbingan Teknis {name}", "Rapat Koordinasi {name}"),
    assignments=("SURAT TUGAS", "SURAT PERINTAH TUGAS"),
    agreements=("PERJANJIAN KERJA SAMA", "NOTA KESEPAHAMAN"),
    attendance=("DAFTAR HADIR", "DAFTAR HADIR PESERTA"),
    manuals=("BUKU PEDOMAN {name}", "PETUNJUK TEKNIS {name}"),
    budgets=("DOKUMEN PELAKSANAAN ANGGARAN", "RENCANA KERJA DAN ANGGARAN"),
    sops=("STANDAR OPERASIONAL PROSEDUR", "STANDARD OPERATING PROCEDURE"),
)  # fmt: skip

HELD = Wording(
    regions=(("WALI KOTA", "CENDANA", "Cendana"), ("BUPATI", "LEMBAH HIJAU", "Lembah"), ("BUPATI", "PULAU KARANG", "Karang Baru"), ("GUBERNUR", "SAMUDRA TIMUR", "Muara Timur")),
    offices=(("DINAS PENDIDIKAN DAN KEBUDAYAAN", "KEPALA DINAS PENDIDIKAN DAN KEBUDAYAAN"), ("SEKRETARIAT DAERAH", "SEKRETARIS DAERAH"), ("RSUD HARAPAN SEHAT", "DIREKTUR RSUD HARAPAN SEHAT"), ("INSPEKTORAT DAERAH", "INSPEKTUR DAERAH")),
    names=("MUHAMMAD ILHAM AKBAR", "Dra. Hj. NURLAILA HASAN, M.M.", "YOHANES TAMBUNAN, S.H.", "I GEDE ARTAWAN", "dr. LESTARI PUTRI, Sp.A", "AGUS WAHYUDI, S.STP., M.AP.", "MARIA GORETI"),
    innovations=("JEMPUT BOLA KTP", "Guru Berkunjung", "SIAGA AIR", "Gerobak Baca", "TABUNGAN SAMPAH EMAS", "Klik Arsip", "Pasar Sehat Mandiri"),
    subjects=("PENERAPAN INOVASI {name} TAHUN ANGGARAN BERJALAN", "PENUNJUKAN PELAKSANA DAN PENANGGUNG JAWAB {name}", "SUSUNAN KEANGGOTAAN KELOMPOK KERJA {name}", "PEDOMAN PENYELENGGARAAN {name} BAGI PERANGKAT DAERAH DAN UNIT PELAYANAN"),
    decree_numbers=("800.1/{n}/SK/{y}", "188.45 / {n} / 404.1 / {y}", "{n}/KPTS/{y}", "B-{n}/100.3.3.3/{y}", "{n} TAHUN {y}"),
    rule_numbers=("{n} TAHUN {y}",),
    letter_numbers=("400.14.5.4/{n}/{y}", "B/{n}/000.9.6/{y}", "T-{n}/090/SETDA/{y}"),
    placed=("Ditetapkan di {seat}\\ pada tanggal, {day}", "ditetapkan di {seat},\\ pada tanggal {day}", "DITETAPKAN DI : {SEAT}\\ PADA TANGGAL : {DAY}", "Ditetapkan di {seat} pada tanggal {day}"),
    grace=("DENGAN RAHMAT TUHAN YANG MAHA ESA", "ATAS BERKAT RAHMAT TUHAN YANG MAHA KUASA"),
    because=("bahwa guna mendekatkan layanan kepada warga, pemerintah daerah mengembangkan {name};", "bahwa pelaksanaan {name} memerlukan pembagian tugas yang jelas antarunit;", "bahwa untuk maksud tersebut perlu dituangkan dalam suatu penetapan;"),
    laws=("Undang-Undang Nomor 1 Tahun 2022 tentang Hubungan Keuangan antara Pemerintah Pusat dan Pemerintahan Daerah;", "Peraturan Menteri Dalam Negeri Nomor 104 Tahun 2018 tentang Penilaian dan Pemberian Penghargaan;", "Peraturan Bupati Nomor 7 Tahun 2021 tentang Tata Naskah Dinas;", "Keputusan Menteri Dalam Negeri Nomor 100-15 Tahun 2023;"),
    orders=("Menunjuk nama-nama yang tercantum dalam lampiran sebagai pelaksana {name}.", "Biaya yang timbul dibebankan pada DPA perangkat daerah berkenaan.", "Apabila di kemudian hari terdapat kekeliruan akan diperbaiki sebagaimana mestinya.", "Kelompok kerja melapor tiap triwulan kepada pimpinan."),
    reports=("LAPORAN AKHIR KEGIATAN {name}", "NASKAH AKADEMIK {name}", "LAPORAN MONITORING DAN EVALUASI {name}"),
    activities=("Lokakarya Penguatan {name}", "Pelatihan Relawan {name}", "Forum Konsultasi Publik {name}"),
    assignments=("SURAT PERINTAH TUGAS", "SURAT PERINTAH", "NOTA TUGAS"),
    agreements=("KESEPAKATAN BERSAMA", "PERJANJIAN KERJASAMA"),
    attendance=("DAFTAR HADIR RAPAT", "PRESENSI KEGIATAN"),
    manuals=("PANDUAN PENGGUNAAN {name}", "BUKU PANDUAN LAYANAN {name}"),
    budgets=("RENCANA KERJA PEMERINTAH DAERAH", "DOKUMEN PERUBAHAN PELAKSANAAN ANGGARAN"),
    sops=("STANDAR OPERASIONAL PROSEDUR (SOP)", "SOP ADMINISTRASI PEMERINTAHAN"),
)  # fmt: skip

HALVES = {"seen": SEEN, "held": HELD}


def written(day: date, random: Random) -> str:
    """A day as an office writes it: long, mostly."""
    long = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    ways = [long] * 7 + [f"{day.day:02d} {MONTHS[day.month - 1]} {day.year}", f"{day.day:02d}-{day.month:02d}-{day.year}", f"{day.day} {SHORT[day.month - 1]} {day.year}"]  # fmt: skip
    return random.choice(ways)
