"""Addresses given as evidence: what is wrong with one, without visiting it."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

LONGEST = 500
_PRIVATE_ENDINGS = (
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "test",
    "invalid",
)
_LABEL = re.compile(r"[^\W_]([\w-]{0,61}[^\W_])?")
_TELL = "Salin tautan lengkapnya dari bilah alamat peramban, misalnya https://youtu.be/…"


def fault_of(link: str) -> str:
    """What keeps ``link`` from being evidence, as a sentence; empty if nothing does."""
    if len(link) > LONGEST or re.search(r"[\s\\\x00-\x1f\x7f<>\"`{}|^]", link):
        return f"Tautan terlalu panjang atau memuat spasi atau tanda yang tidak sah. {_TELL}"
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return f"Tautan ini tidak dapat dibaca. {_TELL}"
    if parts.scheme.lower() not in ("http", "https"):
        return f"Tautan harus diawali https:// atau http://. {_TELL}"
    if parts.username is not None or parts.password is not None or port == 0:
        return f"Tautan tidak boleh memuat nama pengguna atau kata sandi. {_TELL}"
    if not parts.hostname:
        return f"Tautan ini tidak memuat nama situs. {_TELL}"
    return _fault_of_host(parts.hostname.rstrip("."))


def _fault_of_host(host: str) -> str:
    labels = host.lower().split(".")
    if _is_address(host) or labels[-1] in _PRIVATE_ENDINGS or len(labels) < 2:
        return (
            "Alamat ini hanya dapat dibuka dari jaringan tertentu, sehingga penilai tidak dapat melihatnya. "
            "Pakai tautan yang dapat dibuka siapa pun dari internet, atau unggah berkasnya."
        )
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return f"Nama situs pada tautan ini tidak sah. {_TELL}"
    return ""


def _is_address(host: str) -> bool:
    """Whether a browser would take ``host`` for a numeric address, in any of the spellings it accepts."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        last = host.rsplit(".", 1)[-1]
        return bool(re.fullmatch(r"\d+|0[xX][0-9a-fA-F]*", last))
    return True
