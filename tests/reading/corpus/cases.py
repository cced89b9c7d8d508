"""Every case of the corpus: how its file is made, and what ought to be seen in it. All from one seed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from tests.evidence import build as hostile
from tests.reading.corpus import papers
from tests.reading.corpus.papers import Desk, Paper
from tests.reading.corpus.words import HALVES

SEED = 20260501
PDF, JPG, MP4 = ("pdf", "application/pdf"), ("image", "image/jpeg"), ("video", "video/mp4")
BORN_DIGITAL = (
    ("decree", 22), ("invitation", 8), ("assignment", 8), ("agreement", 6), ("attendance", 6), ("report", 6), ("sop", 6), ("manual", 5), ("budget", 5),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One file. ``expected`` are the codes of the findings it deserves, ``paper`` what stands on it, if it is a paper."""

    name: str
    half: str
    kind: str
    media_type: str
    make: Callable[[], bytes]
    expected: frozenset[str] = frozenset()
    paper: Paper | None = None
    is_scan: bool = False
    link: str = ""
    is_hostile: bool = False


def cases(half: str, *, seed: int = SEED) -> list[Case]:
    """The whole half, always the same for the same seed."""
    maker = _Maker(half, Random(f"{seed}-{half}"))
    parts = (
        maker.right(),
        maker.scans(),
        maker.drafts(),
        maker.pages(),
        maker.signatures(),
        maker.pictures(),
        maker.videos(),
        maker.links(),
        maker.hostile(),
    )
    return [case for part in parts for case in part]


class _Maker:
    def __init__(self, half: str, random: Random) -> None:
        self.half, self.random = half, random
        self.desk = Desk(HALVES[half], random)

    def _case(
        self, name: str, kind: tuple[str, str], make: Callable[[], bytes], *expected: str, **more: object
    ) -> Case:
        return Case(f"{self.half}-{name}", self.half, *kind, make, frozenset(expected), **more)  # type: ignore[arg-type]

    def _pdf(
        self,
        name: str,
        paper: Paper,
        *expected: str,
        graphics: str = "",
        after: Callable[[bytes], bytes] = bytes,
        **more: object,
    ) -> Case:
        size = self.random.choice((10, 11, 12))
        font = self.random.choice(("Libertinus Serif", "DejaVu Sans", "DejaVu Serif"))
        return self._case(
            name,
            PDF,
            lambda: after(papers.pdf(paper, size=size, font=font, graphics=graphics)),
            *expected,
            paper=paper,
            **more,
        )

    def _scan(self, name: str, paper: Paper, *expected: str, **how: object) -> Case:
        seed = self.random.randrange(2**32)
        return self._pdf(
            name, paper, *expected, after=lambda content: papers.scanned(content, Random(seed), **how), is_scan=True
        )  # type: ignore[arg-type]

    def right(self) -> Iterator[Case]:
        for kind, count in BORN_DIGITAL:
            for n in range(count):
                yield self._pdf(f"{kind}-{n}", getattr(self.desk, kind)())

    def scans(self) -> Iterator[Case]:
        for n in range(14):
            dpi, skew, noise = self.random.choice((150, 200)), self.random.uniform(0, 1.5), self.random.uniform(3, 14)
            yield self._scan(f"scan-decree-{n}", self.desk.decree(), dpi=dpi, skew=skew, noise=noise)
        for n, kind in enumerate(("invitation", "assignment", "attendance", "sop", "report", "agreement") * 2):
            yield self._scan(f"scan-{kind}-{n}", getattr(self.desk, kind)(), dpi=150, skew=1.0, noise=8.0)

    def drafts(self) -> Iterator[Case]:
        for n, blank in enumerate(
            (
                "............",
                "…… TAHUN 2025",
                "188.45/......./2025",
                "______ TAHUN 2024",
                "",
                "050/      /........../2025",
                "........../KEP/2024",
                "…",
            )
        ):
            paper = self.desk.decree(number=blank)
            paper.number = ""
            yield self._pdf(f"number-blank-{n}", paper, "number-blank")
        for n, blank in enumerate(
            (
                "............ 2025",
                "…… Januari 2025",
                "____________",
                "............................",
                "...... Maret 2024",
                "…………",
            )
        ):
            paper = self.desk.decree(self.random.choice(("sk-kdh", "sk-opd", "perkada")), day_text=blank)
            paper.dated = None
            yield self._pdf(f"date-blank-{n}", paper, "date-blank")
        for n, title in enumerate(
            ("#align(right)[DRAF]", "#align(center)[RANCANGAN]", "#align(right)[Draft]", "#align(center)[*KONSEP*]")
        ):
            yield self._pdf(f"draft-{n}", self.desk.decree(title=title), "draft")
        for n in range(4):
            paper = self.desk.decree(
                self.random.choice(("sk-kdh", "sk-opd")), day_text=f"{n + 3} Desember {2026 + n % 2}"
            )
            paper.dated = date(2026 + n % 2, 12, n + 3)
            yield self._pdf(f"date-future-{n}", paper, "date-future")
        for n in range(3):
            paper = self.desk.decree(number="............")
            paper.number = ""
            yield self._scan(f"scan-number-blank-{n}", paper, "number-blank")

    def pages(self) -> Iterator[Case]:
        for n in range(4):
            yield self._scan(f"blank-between-{n}", self.desk.invitation(), "blank-pages", blank_after=True)
            yield self._pdf(f"all-blank-{n}", Paper("", pages=["#v(1cm)"] * (n + 1)), "all-blank")
            seed = self.random.randrange(2**32)
            yield self._pdf(
                f"all-blank-scan-{n}",
                Paper("", pages=["#v(1cm)"] * (n + 1)),
                "all-blank",
                after=lambda content, seed=seed: papers.scanned(content, Random(seed), noise=6),
            )
        for n in range(5):
            yield self._scan(
                f"coarse-{n}", self.desk.invitation(), "low-resolution", dpi=self.random.choice((50, 60, 72, 80))
            )
        for n, turn in enumerate((90, 270, 180, 90, 180)):
            yield self._scan(f"turned-{n}", self.desk.decree("sk-kdh"), "rotated", turn=turn)
        for n in range(4):
            seed = self.random.randrange(2**32)
            yield self._case(
                f"photo-page-{n}",
                PDF,
                lambda seed=seed: papers.picture_bytes(papers.photo(Random(seed)), "PDF", resolution=110),
                "no-text",
            )

    def signatures(self) -> Iterator[Case]:
        for n in range(5):
            yield self._pdf(f"signed-{n}", self.desk.decree(), "signature-valid", after=papers.signed)
            yield self._pdf(
                f"signed-unknown-{n}",
                self.desk.decree(),
                "signature-unknown-root",
                after=lambda content: papers.signed(content, "Penerbit Lain"),
            )
            yield self._pdf(
                f"altered-{n}",
                self.desk.decree(),
                "signature-broken",
                after=lambda content: papers.altered(papers.signed(content)),
            )
            yield self._pdf(
                f"written-over-{n}",
                self.desk.decree(),
                "signature-changed",
                after=lambda content: papers.written_over(papers.signed(content)),
            )
            code = papers.qr_graphics(f"https://tte.contoh.go.id/{self.half}/{n}")
            yield self._pdf(f"qr-{n}", self.desk.decree(), "qr", graphics=code)
        paper, code = self.desk.invitation(), papers.qr_graphics(f"https://tte.contoh.go.id/{self.half}/s")
        yield self._pdf(
            "qr-scan",
            paper,
            "qr",
            graphics=code,
            after=lambda content: papers.scanned(content, Random(5), dpi=200),
            is_scan=True,
        )

    def pictures(self) -> Iterator[Case]:
        for n in range(5):
            seed = self.random.randrange(2**32)
            lines = [
                f"Layanan {self.desk.one(self.desk.words.innovations)}",
                "Masuk ke akun Anda",
                "Daftar pengaduan masyarakat",
                "Unduh laporan bulan ini",
            ]
            shot = Paper("gambar")
            yield self._case(
                f"screenshot-{n}",
                JPG,
                lambda seed=seed, lines=lines: papers.picture_bytes(papers.screenshot(Random(seed), lines)),
                paper=shot,
            )
            yield self._case(
                f"photo-{n}",
                JPG,
                lambda seed=seed: papers.picture_bytes(papers.photo(Random(seed))),
                paper=Paper("gambar"),
            )
            yield self._case(
                f"small-{n}",
                JPG,
                lambda seed=seed: papers.picture_bytes(papers.photo(Random(seed), (320, 240))),
                "low-resolution",
                paper=Paper("gambar"),
            )

    def videos(self) -> Iterator[Case]:
        clip = Paper("video")
        for n, seconds in enumerate((5, 60, 290)):
            yield self._case(f"video-{n}", MP4, lambda s=seconds: papers.video(s), paper=clip)
        for n, seconds in enumerate((310, 400, 305)):
            yield self._case(f"video-long-{n}", MP4, lambda s=seconds: papers.video(s), "video-long", paper=clip)
        for n in range(3):
            yield self._case(
                f"video-silent-{n}", MP4, lambda n=n: papers.video(8 + n, sound=False), "video-silent", paper=clip
            )
            yield self._case(
                f"video-small-{n}",
                MP4,
                lambda n=n: papers.video(8 + n, width=320, height=240),
                "video-small",
                paper=clip,
            )
            yield self._case(
                f"video-cut-{n}", MP4, lambda n=n: papers.video(20)[: 900 + n * 500], "video-unplayable", paper=clip
            )

    def links(self) -> Iterator[Case]:
        good = (
            "https://youtu.be/abc123",
            "https://contoh.go.id/inovasi?id=3",
            "http://www.kota-contoh.go.id/sk.pdf",
            "https://www.youtube.com/watch?v=x",
            "https://jdih.contoh.go.id/",
        )
        bad = (
            "http://localhost/sk",
            "https://192.168.1.4/sk.pdf",
            "ftp://contoh.go.id/x",
            "https://server/laporan",
            "C:\\dokumen\\sk.pdf",
            "https://a b.go.id",
            "www.contoh.go.id/sk",
        )
        drive = (
            "https://drive.google.com/file/d/1/view",
            "https://docs.google.com/document/d/1",
            "https://1drv.ms/b/s!x",
            "https://contoh-my.sharepoint.com/p/x",
            "https://www.dropbox.com/s/x",
        )
        for codes, links in (((), good), (("link-malformed",), bad), (("link-drive",), drive)):
            for n, link in enumerate(links):
                yield self._case(f"link-{'-'.join(codes) or 'good'}-{n}", ("link", ""), bytes, *codes, link=link)

    def hostile(self) -> Iterator[Case]:
        files = {
            "locked.pdf": hostile.locked_pdf_bytes, "cut.pdf": lambda: papers.pdf(self.desk.report())[:5000],
            "script.pdf": lambda: hostile.pdf_bytes(catalog="/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
            "attached.pdf": lambda: hostile.pdf_bytes(catalog="/Names << /EmbeddedFiles << /Names [(a) 50 0 R] >> >>", objects=(b"<< /Type /Filespec /F (a.exe) /EF << /F 51 0 R >> >>", hostile.stream(b"MZ", "/Type /EmbeddedFile"))),
            "page.pdf": lambda: b"<html><script>alert(1)</script></html>", "drawing.png": lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
            "program.pdf": lambda: b"MZ" + bytes(500), "absurd.png": lambda: hostile.png_claiming(60_000, 60_000),
            "bomb.pdf": lambda: hostile.pdf_bytes(objects=(hostile.stream(hostile.deflated_zeros(600 * 1024 * 1024), "/Filter /FlateDecode"),)),
            "sound.mp4": lambda: hostile.mp4_bytes(handler=b"soun"), "empty.pdf": bytes,
        }  # fmt: skip
        for name, make in files.items():
            kind = {"png": ("image", "image/png"), "mp4": MP4}.get(name[-3:], PDF)
            yield self._case(f"hostile-{name}", kind, make, is_hostile=True)


def refused(case: Case, content: bytes) -> bool:
    """Whether the library refuses the file at its door."""
    from pamong.common.permit import Refused
    from pamong.evidence.inspection import Limits, inspect, kinds

    try:
        inspect(io.BytesIO(content), case.name, Limits(kinds.USUAL, 200 * 1024 * 1024))
    except Refused:
        return True
    return False
