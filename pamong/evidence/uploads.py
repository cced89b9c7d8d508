"""How much of an upload reaches this machine's disk: never more than the largest file accepted."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


def longest(name: str) -> int:
    """How many bytes a file of this name may have: a ZIP is unpacked, so it may be larger than what is kept."""
    most: int = settings.ARCHIVE_MAX_BYTES if name.lower().endswith(".zip") else settings.UPLOAD_MAX_BYTES
    return most


class BoundedUpload(FileUploadHandler):
    """Stands before Django's own handlers and lets only so much of each file through to them.

    What comes after is read and dropped, so the browser still gets an answer; what was kept is larger than the limit, and
    so is refused with a reason wherever it is used.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= longest(self.file_name or "") else None

    def file_complete(self, file_size: int) -> Any:
        return None
