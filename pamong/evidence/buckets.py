"""Object storage that speaks S3: read in a stream from any byte on, written in parts, never held whole in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

PART = 8 * 1024 * 1024
GONE = {"404", "NoSuchKey"}


class Bucket(S3Storage):  # type: ignore[misc]  # the library is not typed
    """A private bucket. Whatever the server or the way to it does wrong is an ``OSError``, as with a disk."""

    def __init__(self, **options: Any) -> None:
        # Threads would hold several parts in memory at once.
        transfer = TransferConfig(multipart_threshold=PART, multipart_chunksize=PART, use_threads=False)
        client = Config(
            signature_version="s3v4", s3={"addressing_style": "path"}, connect_timeout=5, read_timeout=30,
            retries={"mode": "standard", "total_max_attempts": 3},
        )  # fmt: skip
        super().__init__(
            client_config=client, transfer_config=transfer, default_acl=None, file_overwrite=True, querystring_auth=True, **options
        )  # fmt: skip

    def read_from(self, name: str, first: int = 0) -> BinaryIO:
        """The bytes of ``name`` from ``first`` on, as they come. Raises ``FileNotFoundError`` if there is no such thing."""
        wanted = {"Range": f"bytes={first}-"} if first else {}
        with _as_disk():
            return cast(BinaryIO, _Body(self.bucket.Object(self._normalize_name(name)).get(**wanted)["Body"]))

    def save(self, *args: Any, **more: Any) -> str:
        with _as_disk():
            return str(super().save(*args, **more))

    def exists(self, name: str) -> bool:
        with _as_disk():
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        with _as_disk():
            return int(super().size(name))

    def delete(self, name: str) -> None:
        with _as_disk():
            super().delete(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _as_disk():
            folders, files = super().listdir(path)
            return folders, files


class _Body:
    """What a server sends, for reading once."""

    def __init__(self, body: Any) -> None:
        self.body = body

    def read(self, size: int = -1) -> bytes:
        with _as_disk():
            return bytes(self.body.read(None if size < 0 else size))

    def close(self) -> None:
        self.body.close()

    def __enter__(self) -> _Body:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()


@contextmanager
def _as_disk() -> Iterator[None]:
    try:
        yield
    except ClientError as fault:
        if fault.response.get("Error", {}).get("Code") in GONE:
            raise FileNotFoundError(str(fault)) from fault
        raise OSError(f"object storage refused: {fault}") from fault
    except BotoCoreError as fault:
        raise OSError(f"object storage cannot be reached: {fault}") from fault
