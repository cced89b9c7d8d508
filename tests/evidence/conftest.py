from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage, storages


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: object) -> Path:
    """Each test has an empty store of its own."""
    folder = tmp_path / "files"
    wanted = {**settings.STORAGES}  # type: ignore[attr-defined]
    wanted["default"] = {**wanted["default"], "OPTIONS": {"location": folder, "base_url": None}}
    wanted["arriving"] = {**wanted["arriving"], "OPTIONS": {"location": tmp_path / "arriving", "base_url": None}}
    settings.STORAGES = wanted  # type: ignore[attr-defined]
    assert storages["default"].path("") == default_storage.path("") == str(folder)
    return folder


def kept(folder: Path) -> list[str]:
    """The names of every file in the store."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


class ObjectStorage:
    """A server that speaks S3, on this machine, which can be taken away and brought back. It keeps what it has."""

    def __init__(self) -> None:
        self.port = 0
        self.start()

    def start(self) -> None:
        from moto.server import ThreadedMotoServer

        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=self.port, verbose=False)
        self.server.start()
        self.port = self.server.get_host_and_port()[1]

    def stop(self) -> None:
        self.server.stop()

    def options(self, folder: str) -> dict[str, Any]:
        endpoint = f"http://127.0.0.1:{self.port}"
        return {
            "bucket_name": "pamong", "endpoint_url": endpoint, "region_name": "us-east-1", "access_key": "kunci",
            "secret_key": "rahasia", "location": f"uji/{folder}",
        }  # fmt: skip


@pytest.fixture(scope="session")
def object_storage() -> Iterator[ObjectStorage]:
    made = ObjectStorage()
    yield made
    made.stop()


@pytest.fixture
def bucket(object_storage: ObjectStorage, settings: Any) -> Any:
    """Every file lies in an empty bucket; ``bucket.objects.all()`` lists it."""
    import boto3

    where = object_storage.options("")
    made = boto3.resource(
        "s3", endpoint_url=where["endpoint_url"], region_name="us-east-1", aws_access_key_id="kunci", aws_secret_access_key="rahasia"
    ).Bucket("pamong")  # fmt: skip
    made.create()
    made.objects.all().delete()
    wanted = {**settings.STORAGES}
    for alias, folder in (("default", "files"), ("arriving", "arriving")):
        wanted[alias] = {"BACKEND": "pamong.evidence.buckets.Bucket", "OPTIONS": object_storage.options(folder)}
    settings.STORAGES = wanted
    return made


def keys(bucket: Any) -> list[str]:
    """What lies in the bucket."""
    return sorted(each.key for each in bucket.objects.all())
