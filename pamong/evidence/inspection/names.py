"""The name a person gave a file, made harmless and truthful. It is shown and offered for download; it never becomes a path."""

from __future__ import annotations

import re
import unicodedata

from pamong.evidence.inspection.kinds import Kind

LONGEST = 120
# Endings that some system would run, or that hide the true one: ``sk.pdf.exe`` becomes ``sk.pdf``.
_TRICKS = re.compile(
    r"\.(exe|com|bat|cmd|msi|scr|pif|lnk|js|jse|vbs|vbe|wsf|hta|ps1|jar|sh|php\d?|phtml|asp|aspx|jsp|html?|xhtml|svg|xml|cgi|py|pl)$",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe_name(name: str, kind: Kind) -> str:
    """``name`` without folders, control or direction characters, at most 120 characters, ending as its true kind does."""
    stem = plain(name)
    ending = kind.extensions[0]
    while match := _TRICKS.search(stem):
        stem = stem[: match.start()]
    lowered = stem.lower()
    for known in sorted(kind.extensions, key=len, reverse=True):
        if lowered.endswith(known):
            stem, ending = stem[: -len(known)], known
            break
    stem = re.sub(r"\.(pdf|jpe?g|png|webp|mp4|docx|xlsx|pptx)$", "", stem, flags=re.IGNORECASE)
    stem = stem.strip(" .")[: LONGEST - len(ending)].strip(" .")
    if not stem or _RESERVED.fullmatch(stem):
        stem = "berkas"
    return stem + ending


def plain(name: str) -> str:
    """The last part of ``name``, without what could hide or mislead; its ending stays, true or not."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Categories C*: control, format (right-to-left overrides), surrogate, private, unassigned.
    kept = "".join(" " if char.isspace() else char for char in last if not unicodedata.category(char).startswith("C"))
    return re.sub(r'[<>:"|?*;%]+', "_", re.sub(r"\s+", " ", kept)).strip(" .")
