"""The life of an innovation after PP 38/2017: which stages exist and which step leads where."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from pamong.accounts.roles import Permission
from pamong.engine.lifecycle import Lifecycle, Step


class Stage(TextChoices):
    IDEA = "idea", _("Gagasan")
    PROPOSED = "proposed", _("Diusulkan")
    FEASIBLE = "feasible", _("Dinyatakan layak")
    ADOPTED = "adopted", _("Ditetapkan")
    TRIAL = "trial", _("Uji coba")
    IMPLEMENTED = "implemented", _("Penerapan")
    DORMANT = "dormant", _("Tertidur")
    STOPPED = "stopped", _("Dihentikan")


S = Stage
LIFECYCLE = Lifecycle(
    initial=S.IDEA,
    steps=(
        Step("propose", frozenset({S.IDEA}), S.PROPOSED, Permission.WRITE_INNOVATION),
        Step("find_feasible", frozenset({S.PROPOSED}), S.FEASIBLE, Permission.MANAGE_REGION),
        Step("find_infeasible", frozenset({S.PROPOSED}), S.IDEA, Permission.MANAGE_REGION),
        Step("adopt", frozenset({S.FEASIBLE}), S.ADOPTED, Permission.ADOPT),
        Step("start_trial", frozenset({S.ADOPTED}), S.TRIAL, Permission.WRITE_INNOVATION),
        Step("implement", frozenset({S.ADOPTED, S.TRIAL}), S.IMPLEMENTED, Permission.WRITE_INNOVATION),
        Step("record_existing", frozenset({S.IDEA}), S.IMPLEMENTED, Permission.WRITE_INNOVATION),
        Step("develop", frozenset({S.IMPLEMENTED, S.DORMANT}), S.IMPLEMENTED, Permission.WRITE_INNOVATION),
        Step("fall_dormant", frozenset({S.IMPLEMENTED}), S.DORMANT, Permission.WRITE_INNOVATION),
        Step("revive", frozenset({S.DORMANT}), S.IMPLEMENTED, Permission.WRITE_INNOVATION),
        Step("stop", frozenset({S.ADOPTED, S.TRIAL, S.IMPLEMENTED, S.DORMANT}), S.STOPPED, Permission.WRITE_INNOVATION),
    ),
)

# The ministry knows three stages (*tahapan*); the index counts the last only.
NATIONAL_STAGE = {
    S.IDEA: "inisiatif",
    S.PROPOSED: "inisiatif",
    S.FEASIBLE: "inisiatif",
    S.ADOPTED: "inisiatif",
    S.TRIAL: "uji-coba",
    S.IMPLEMENTED: "penerapan",
    S.DORMANT: "penerapan",
    S.STOPPED: "penerapan",
}

# From here on an innovation has been applied: dates of application and development may be set.
APPLIED = frozenset({S.IMPLEMENTED, S.DORMANT, S.STOPPED})
TONE = {
    S.IDEA: "neutral",
    S.PROPOSED: "info",
    S.FEASIBLE: "info",
    S.ADOPTED: "info",
    S.TRIAL: "info",
    S.IMPLEMENTED: "good",
    S.DORMANT: "warn",
    S.STOPPED: "bad",
}


@dataclass(frozen=True, slots=True)
class StepInfo:
    """How one step is spoken of: its address, button, page, sentence in the story, and what it demands."""

    slug: str
    button: str
    lead: str
    story: str
    says: str
    date_label: str = "Tanggal"
    note_label: str = "Keterangan"
    note_help: str = ""
    note_required: bool = False
    document_label: str = "Dokumen pendukung"
    document_required: bool = False
    team: bool = False
    decree: bool = False


STEPS: dict[str, StepInfo] = {
    "propose": StepInfo(
        "usulkan",
        "Usulkan",
        "Usulan dibahas tim ad hoc (perguruan tinggi, pakar, praktisi) yang dikoordinasi Bappeda/Brida.",
        "Diusulkan untuk dibahas tim ad hoc.",
        "mengusulkan {name}",
        date_label="Tanggal usulan",
        note_label="Ringkasan usulan",
        note_help="Satu dua kalimat untuk tim. Boleh kosong bila sudah ada di profil.",
        document_label="Surat atau proposal usulan",
    ),
    "find_feasible": StepInfo(
        "layak",
        "Nyatakan layak",
        "Catat putusan tim ad hoc bahwa usulan layak diteruskan kepada kepala daerah.",
        "Tim ad hoc menyatakan usulan layak.",
        "mencatat {name} dinyatakan layak oleh tim ad hoc",
        date_label="Tanggal rapat tim",
        note_label="Pertimbangan tim",
        note_help="Mengapa layak, dan syaratnya bila ada.",
        document_label="Berita acara tim",
        document_required=True,
        team=True,
    ),
    "find_infeasible": StepInfo(
        "belum-layak",
        "Nyatakan belum layak",
        "Usulan kembali menjadi gagasan. Pengusul membaca alasannya, memperbaiki, dan boleh mengusulkan lagi.",
        "Tim ad hoc menyatakan usulan belum layak; kembali menjadi gagasan.",
        "mencatat {name} dinyatakan belum layak oleh tim ad hoc",
        date_label="Tanggal rapat tim",
        note_label="Alasan dan yang perlu diperbaiki",
        note_required=True,
        document_label="Berita acara tim",
        team=True,
    ),
    "adopt": StepInfo(
        "tetapkan",
        "Tetapkan",
        "Kepala daerah menetapkan inovasi bersama perangkat daerah pelaksananya dengan keputusan.",
        "Ditetapkan kepala daerah.",
        "menetapkan {name}",
        date_label="Tanggal keputusan",
        note_help="Perangkat daerah pelaksana atau catatan lain.",
        document_label="Keputusan kepala daerah",
        decree=True,
    ),
    "start_trial": StepInfo(
        "uji-coba",
        "Mulai uji coba",
        "Catat mulainya uji coba oleh perangkat daerah pelaksana.",
        "Uji coba dimulai.",
        "mencatat uji coba {name}",
        date_label="Tanggal mulai uji coba",
        note_help="Tempat, lama, dan ukuran keberhasilannya.",
        document_label="Surat tugas atau rencana uji coba",
    ),
    "implement": StepInfo(
        "terapkan",
        "Terapkan",
        "Catat mulainya penerapan. Tanggal ini menentukan tahun penilaian yang dapat diikuti.",
        "Diterapkan.",
        "mencatat penerapan {name}",
        date_label="Tanggal mulai diterapkan",
        note_help="Hasil uji coba dan cakupan penerapan.",
        document_label="Perda, Perkada, atau SK penerapan",
    ),
    "record_existing": StepInfo(
        "sudah-berjalan",
        "Catat sudah berjalan",
        "Untuk inovasi yang sudah diterapkan sebelum dicatat di sini.",
        "Dicatat sebagai inovasi yang sudah berjalan.",
        "mencatat {name} sudah berjalan",
        date_label="Berjalan sejak",
        document_label="Perda, Perkada, atau SK penerapan",
    ),
    "develop": StepInfo(
        "kembangkan",
        "Catat pengembangan",
        "Isi atau jangkauan bertambah. Pengembangan membuat inovasi lama dapat dinilai lagi.",
        "Dikembangkan.",
        "mencatat pengembangan {name}",
        date_label="Tanggal pengembangan",
        note_label="Apa yang dikembangkan",
        note_help="Bandingkan sebelum dan sesudah: layanan, tempat, atau penerima yang bertambah.",
        note_required=True,
        document_label="Bukti pengembangan",
    ),
    "fall_dormant": StepInfo(
        "tertidur",
        "Tandai tertidur",
        "Untuk inovasi yang untuk sementara tidak berjalan.",
        "Untuk sementara tidak berjalan.",
        "menandai {name} tertidur",
        date_label="Tidak berjalan sejak",
        note_label="Alasan",
        note_required=True,
    ),
    "revive": StepInfo(
        "bangunkan",
        "Bangunkan kembali",
        "Inovasi berjalan lagi seperti semula.",
        "Berjalan lagi.",
        "membangunkan kembali {name}",
        date_label="Berjalan lagi sejak",
        note_help="Apa yang membuatnya berjalan lagi.",
    ),
    "stop": StepInfo(
        "hentikan",
        "Hentikan",
        "Catatan dan buktinya tetap tersimpan. Langkah ini tidak dapat dibatalkan.",
        "Dihentikan.",
        "menghentikan {name}",
        date_label="Berhenti sejak",
        note_label="Pelajaran yang dipetik",
        note_help="Mengapa berhenti, apa yang berhasil, apa yang akan dilakukan lain kali. Dibaca orang sesudah Anda.",
        note_required=True,
    ),
}
