"""An inbox in use: files as people name them, some telling what they are only inside, one that is not what it says."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from pamong.demo.papers import Paper, pdf, picture
from pamong.evidence.actions import arriving, checking

if TYPE_CHECKING:
    from pamong.demo.magelang import Magelang

AGENCY = "bapperida"
TOPIC = "Smart City"  # of that agency, its proofs still being gathered
OFFICE = "Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah"


def fill(story: Magelang) -> None:
    """Send every file and have it checked; what they say is read when the first worker starts."""
    by = story.cast.operator(story.agencies[AGENCY])
    for name, content in _files(story.region.name):
        arrival = arriving.bring(io.BytesIO(content), name, len(content), region=story.region, by=by)
        checking.check(arrival)


def _files(region: str) -> Iterator[tuple[str, bytes]]:
    yield "scan0001.pdf", _sheet(
        region, "Keputusan Kepala", f"Tim Pelaksana Inovasi {TOPIC}", "188.4/021/2025", date(2025, 2, 10),
        f"Menetapkan tim pelaksana inovasi {TOPIC} dengan susunan sebagaimana tercantum di bawah ini.", people=12,
    )  # fmt: skip
    yield "scan0002.pdf", _sheet(
        region, "Undangan", f"Bimbingan Teknis {TOPIC}", "005/118/2025", date(2025, 4, 3),
        f"Hal: Undangan Bimbingan Teknis {TOPIC}", f"Mengharap kehadiran Saudara pada bimbingan teknis {TOPIC} di ruang rapat lantai dua.",
    )  # fmt: skip
    yield (
        "dok baru (3).pdf",
        _sheet(
            region, "Daftar Hadir", f"Bimbingan Teknis {TOPIC}", "", date(2025, 4, 10), "Peserta yang hadir:", people=18
        ),
    )
    yield f"SOP layanan {TOPIC}.pdf", _sheet(
        region, "Standar Operasional Prosedur", f"Layanan {TOPIC}", "SOP/07/2025", date(2025, 1, 20),
        "Petugas menerima permintaan, memeriksa kelengkapan, lalu menjawab pada hari yang sama.",
    )  # fmt: skip
    yield "Laporan monev smt 1.pdf", _with_blank_page(_sheet(
        region, "Laporan", f"Monitoring dan Evaluasi {TOPIC} Semester I", "050/077/2025", date(2025, 7, 8),
        f"Hasil pemantauan inovasi {TOPIC}: target tercapai, waktu jawab turun dari dua hari menjadi satu hari.",
    ))  # fmt: skip
    yield (
        "IMG_20250410_093011.png",
        picture(f"Bimtek {TOPIC}", ["Ruang rapat lantai dua", "18 peserta"], (36, 99, 92)).read(),
    )
    yield "surat pernyataan.pdf", b"<!doctype html><title>Surat pernyataan</title><script>location = '/'</script>"


def _sheet(region: str, kind: str, title: str, number: str, dated: date, *text: str, people: int = 0) -> bytes:
    rows = [[str(at), f"Anggota {at}", "Pelaksana"] for at in range(1, people + 1)]
    made = Paper(
        kind=kind, title=title, issuer=OFFICE, region=f"Pemerintah {region}", number=number, dated=dated, paragraphs=text,
        signer="Wening Astuti", signer_title="Kepala", header=("No.", "Nama", "Keterangan") if rows else (), rows=rows,
    )  # fmt: skip
    return bytes(pdf(made).read())


def _with_blank_page(content: bytes) -> bytes:
    """As a scanner makes it that was fed a sheet printed on one side."""
    from pypdf import PdfReader, PdfWriter

    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(content))), io.BytesIO()
    writer.add_blank_page()
    writer.write(out)
    return out.getvalue()
