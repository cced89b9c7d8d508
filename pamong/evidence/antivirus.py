"""Every file is shown to clamd where one runs (``PAMONG_CLAMD``), before it is kept."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings

from pamong.common.permit import Refused

if TYPE_CHECKING:
    from clamav_client.clamd import ClamdNetworkSocket

SECONDS = 60

logger = logging.getLogger(__name__)

AWAY = "Pemeriksa virus sedang tidak dapat dihubungi. Berkasnya aman dan diperiksa lagi setiap menit."


class Away(Refused):
    """clamd did not answer, so nothing is known about the file."""

    def __init__(self) -> None:
        super().__init__(AWAY)


def check(file: BinaryIO) -> None:
    """Raises ``Refused`` with what clamd found in ``file``, ``Away`` if it does not answer. Nothing to do where none is set."""
    if not settings.CLAMD:
        return
    from clamav_client.clamd import BufferTooLongError, ClamdError

    file.seek(0)
    try:
        answers = _clamd().instream(file)
    except BufferTooLongError:
        raise Refused(
            "Berkas ini terlalu besar bagi pemeriksa virus server. Kecilkan berkasnya, atau isikan tautannya."
        ) from None
    except (ClamdError, OSError) as fault:
        logger.warning("clamd does not answer: %r", fault)
        raise Away from None
    finally:
        file.seek(0)
    if not answers:
        raise Away
    for status, found in answers.values():
        if status != "OK":
            raise Refused(
                f"Berkas ini memuat program berbahaya ({found}), sehingga tidak disimpan. Bersihkan komputer atau ponsel asalnya "
                "dengan antivirus, lalu kirim berkas aslinya."
            )


def _clamd() -> ClamdNetworkSocket:
    from clamav_client.clamd import ClamdNetworkSocket, ClamdUnixSocket

    where: str = settings.CLAMD
    if where.startswith("/"):
        return ClamdUnixSocket(where, SECONDS)
    host, _, port = where.rpartition(":")
    return ClamdNetworkSocket(host, int(port), SECONDS)
