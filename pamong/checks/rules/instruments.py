"""Is the instrument good enough for the claimed level, and signed by whom it must be?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pamong.checks.rules.case import SURE, Case, Finding, Findings, Paper, found, weigh
from pamong.engine.checks import Asked, Reach, Signing
from pamong.reading.facts import Severity

LABELS = {
    "perda": "Peraturan Daerah", "perkada": "Peraturan Kepala Daerah", "sk-kdh": "SK Kepala Daerah",
    "sk-opd": "SK Kepala Perangkat Daerah", "surat-tugas": "surat tugas/perintah", "pks": "MoU/PKS", "undangan": "undangan",
    "daftar-hadir": "daftar hadir", "sertifikat": "sertifikat", "anggaran": "dokumen anggaran/RKPD", "sop": "SOP",
    "laporan": "laporan/kajian", "pedoman": "buku pedoman", "gambar": "foto/tangkapan layar", "video": "video",
    "lain": "dokumen lain",
}  # fmt: skip
TITLED = {
    "sop": re.compile(r"\bSOP\b|\bstandar\s+operasional", re.I), "pedoman": re.compile(r"\bpedoman\b|\bpetunjuk\s+teknis", re.I),
    "laporan": re.compile(r"\blaporan\b|\bkajian\b", re.I), "daftar-hadir": re.compile(r"\bdaftar\s+hadir", re.I),
    "sertifikat": re.compile(r"\bsertifikat\b", re.I),
}  # fmt: skip
HEADS = 8  # lines in which a title stands
HEAD = r"(?:GUBERNUR|BUPATI|WALI\s*KOTA)"
FOR_HEAD = re.compile(rf"\ba\s*\.?\s*n\s*\.?\s+{HEAD}|\batas\s+nama\s+{HEAD}", re.I)
# The title above a signature stands on a line of its own, near the end.
TITLE = re.compile(
    rf"^\s*(?:(?P<head>(?:Pj\.?|Plt\.?|Pjs\.?)?\s*{HEAD})\b[^\n]{{0,40}}|(?P<other>(?:KEPALA|SEKRETARIS|DIREKTUR|CAMAT|LURAH|PLT\.?)\b[^\n]{{0,80}}))$",
    re.I | re.M,
)
PLACE = re.compile(
    r"\b(?:ditetapkan|dikeluarkan|ditandatangani)\s+di\b|\bpada\s+tanggal\b|,\s*\d{1,2}\s+\w+\s+20\d\d", re.I
)


@dataclass(frozen=True)
class Signed:
    """In whose name a paper is signed: ``head``, ``for-head``, ``other``, or empty where it cannot be read; and the words."""

    by: str
    page: int = 0
    passage: str = ""


def signed(paper: Paper) -> Signed:
    """Who signed ``paper``, from the words of the signature block."""
    for page in reversed(paper.pages):
        if at := FOR_HEAD.search(page.text):
            return Signed("for-head", page.number, page.text[at.start() : at.end() + 40].strip())
        places = list(PLACE.finditer(page.text))
        if places and (title := _title_after(page.text, places)):
            return Signed("head" if title["head"] else "other", page.number, title[0].strip())
    return Signed("")


def _title_after(text: str, places: list[re.Match[str]]) -> re.Match[str] | None:
    """The first title after the last place that has one."""
    return next((title for place in reversed(places) if (title := TITLE.search(text, place.end()))), None)


def called(kind: str) -> str:
    return LABELS.get(kind, kind)


# -- one paper ----------------------------------------------------------------------------------------------------------


def contradicted(case: Case, paper: Paper) -> Findings:
    """Recorded as one thing, and reads as another."""
    if paper.kind == paper.instrument or paper.facts is None or paper.facts.fields.instrument is None:
        return
    read = paper.facts.fields.instrument
    yield found(
        "recorded", Severity.WARNS,
        f"“{paper.subject}” dicatat sebagai {called(paper.instrument)}, tetapi isinya {called(read.value)}.", case,
        paper=paper.key, page=read.page, passage=read.passage, remedy="Koreksi jenis dokumennya, atau lampirkan dokumen yang dimaksud.",
    )  # fmt: skip


def accepted(case: Case, paper: Paper) -> Findings:
    """An indicator that takes certain instruments only."""
    asked = case.asked
    # Typed as what is taken, and read as something else: that they differ is said already, and who is right is not known.
    if asked is None or not asked.accepts or {paper.kind, paper.instrument} & {*asked.accepts, "lain", ""}:
        return
    if any(_is_titled(paper, each) for each in asked.accepts):
        return
    wanted = ", ".join(called(each) for each in asked.accepts if each != "lain")
    severity = weigh(asked, sure=paper.is_agreed)
    yield found(
        "accepted", severity, f"“{paper.subject}” adalah {called(paper.kind)}; indikator ini meminta {wanted}.", case,
        paper=paper.key, remedy=f"Lampirkan {wanted}.", excludes=severity is Severity.BLOCKS,
    )  # fmt: skip


def _is_titled(paper: Paper, kind: str) -> bool:
    """Whether a paper of another kind says in its title that it holds one of ``kind`` too: a manual and SOP in one binding."""
    pattern = TITLED.get(kind)
    lines = [line for line in paper.pages[0].text.splitlines() if line.strip()][:HEADS] if paper.pages else []
    titles = [paper.subject, *(line for line in lines if line.isupper())]
    return bool(pattern and any(pattern.search(each) for each in titles))


def bears_signature(case: Case, paper: Paper) -> Findings:
    """Where the edition wants it signed: an electronic signature, or at least the name of who signed."""
    if not case.wants("signed") or not case.takes(paper) or not paper.is_legible or paper.facts is None:
        return
    if paper.facts.signatures or paper.facts.fields.signer or signed(paper).by:
        return
    yield found(
        "signed", Severity.WARNS, f"Penandatangan “{paper.subject}” tidak terbaca, dan tidak ada tanda tangan elektronik.", case,
        paper=paper.key, page=paper.pages[-1].number, remedy="Lampirkan naskah yang sudah ditandatangani.",
    )  # fmt: skip


def _is_certain(paper: Paper) -> bool:
    """Whether the reader is sure what it is: a heading that says DECREE is no regulation, whatever was typed."""
    read = paper.facts.fields.instrument if paper.facts else None
    return read is not None and read.confidence >= SURE and read.value == paper.kind


# -- the level ----------------------------------------------------------------------------------------------------------


def level_reached(case: Case) -> Findings:
    """The highest level any paper reaches by its instrument and by who signed it, against the level claimed."""
    asked = case.asked
    if asked is None or not asked.reaches:
        return
    best = max((_reached(case, asked, paper) for paper in case.papers), key=_order, default=None)
    if best is not None:
        yield best


def _order(each: Finding) -> tuple[int, int]:
    return (-1 if each.supports is None else each.supports, -list(Severity).index(each.severity))


def _reached(case: Case, asked: Asked, paper: Paper) -> Finding:
    """What ``paper`` alone reaches."""
    by = signed(paper)
    of_kind = [each for each in asked.reaches if paper.kind in each.instruments]
    if not of_kind:
        return _none(case, asked, paper)
    fitting = [each for each in of_kind if _fits(each, by)]
    level = max((each.level for each in fitting), default=0)
    about = {"paper": paper.key, "page": by.page, "passage": by.passage}
    if not fitting and by.by:
        return _signed_wrongly(case, asked, paper, of_kind, by)
    if not fitting:
        level = max(each.level for each in of_kind)
        message = f"“{paper.subject}” adalah {called(paper.kind)}, tetapi penandatangannya belum terbaca."
        return found("signer", Severity.WARNS, message, case, paper=paper.key, asks=case.says(level), supports=level,
                     remedy=f"Pastikan ditandatangani {_whom(of_kind)}.")  # fmt: skip
    if level < case.level:
        return _too_low(case, asked, paper, level)
    message = f"“{paper.subject}” adalah {called(paper.kind)}: mendukung tingkat {level}."
    return found("instrument", Severity.INFORMS, message, case, asks=case.says(level), supports=level, **about)


def _fits(reach: Reach, by: Signed) -> bool:
    if reach.signed is Signing.ANYBODY:
        return True
    return by.by == "for-head" if reach.signed is Signing.FOR_HEAD else by.by in ("head", "for-head")


def _none(case: Case, asked: Asked, paper: Paper) -> Finding:
    """An instrument that reaches no level."""
    sure = _is_certain(paper)
    severity = weigh(asked, sure=sure)
    return found(
        "instrument", severity, f"“{paper.subject}” adalah {called(paper.kind)}, yang tidak mencapai tingkat mana pun.", case,
        paper=paper.key, asks=case.says(max(case.level, 1)), supports=0 if severity is Severity.BLOCKS else None,
        remedy=f"Lampirkan {case.says(max(case.level, 1))}.",
    )  # fmt: skip


def _too_low(case: Case, asked: Asked, paper: Paper, level: int) -> Finding:
    read = paper.facts.fields.instrument if paper.facts else None
    return found(
        "instrument", weigh(asked, sure=_is_certain(paper)),
        f"“{paper.subject}” adalah {called(paper.kind)}, cukup untuk tingkat {level}, bukan tingkat {case.level} yang diklaim.", case,
        paper=paper.key, page=read.page if read else 0, passage=read.passage if read else "", asks=case.says(case.level),
        supports=level, remedy=f"Lampirkan {case.says(case.level)}, atau turunkan klaim ke tingkat {level}.",
    )  # fmt: skip


def _signed_wrongly(case: Case, asked: Asked, paper: Paper, of_kind: list[Reach], by: Signed) -> Finding:
    whom = _whom(of_kind)
    return found(
        "signer", weigh(asked, sure=paper.is_legible),
        f"“{paper.subject}” adalah {called(paper.kind)}, tetapi tidak ditandatangani {whom}.", case,
        paper=paper.key, page=by.page, passage=by.passage, asks=case.says(max(case.level, 1)), supports=0,
        remedy=f"Lampirkan naskah yang ditandatangani {whom}.",
    )  # fmt: skip


def _whom(of_kind: list[Reach]) -> str:
    needs = {each.signed for each in of_kind}
    return "atas nama Kepala Daerah (a.n.)" if needs == {Signing.FOR_HEAD} else "Kepala Daerah atau atas namanya"
