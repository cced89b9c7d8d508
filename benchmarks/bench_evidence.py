"""Evidence: how fast files are kept and read, how much memory a large one takes, how long a large library is searched.

    python -m benchmarks.bench_evidence [--documents 10000]
    DATABASE_URL=postgres://… python -m benchmarks.bench_evidence

Prints MB/s of hashing and keeping, the most memory a web worker and the background worker take while 100 MB go through, pages
a second by text and by OCR (one core; OCR where tesseract is installed), and, in a library of so many documents, the
milliseconds of a search and of looking for documents like a given one. The database named must be empty.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import io
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import bench_pages
from benchmarks.bench_pages import HOME

for _name in ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[_name] = "1"

MB = 1024 * 1024
LARGE = 96 * MB
WORDS = [
    "keputusan",
    "wali",
    "kota",
    "tentang",
    "penetapan",
    "inovasi",
    "daerah",
    "tim",
    "pelaksana",
    "pelayanan",
    "publik",
    "kesehatan",
    "pendidikan",
    "perhubungan",
    "sampah",
    "organik",
    "kependudukan",
    "perizinan",
    "aduan",
    "laporan",
    "anggaran",
    "kegiatan",
    "sasaran",
    "masyarakat",
    "kelurahan",
    "puskesmas",
    "sekolah",
    "menimbang",
    "mengingat",
    "menetapkan",
    "memutuskan",
    "pertama",
    "kedua",
    "ketiga",
    "keempat",
    "berlaku",
    "sejak",
    "tanggal",
    "ditetapkan",
    "biaya",
    "dibebankan",
]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=10_000)
    chosen = options.parse_args()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django_scopes import scopes_disabled

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    from benchmarks import fill

    region, _ = fill.small(innovations=20)
    print(connection.vendor)
    _keeping()
    _memory(region)
    _reading()
    with scopes_disabled():
        _library(region, chosen.documents)


def told(label: str, value: float, unit: str) -> None:
    print(f"{label:<62}{value:>9.1f} {unit}", flush=True)


def median_ms(work: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


# -- keeping ----------------------------------------------------------------------------------------------------------


def pdf(size: int, seed: int) -> bytes:
    """A whole PDF of about ``size`` bytes that cannot be packed any tighter."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.Root["/Isi"] = pikepdf.Stream(made, random.Random(seed).randbytes(size))
        made.save(out)
    return out.getvalue()


def _keeping() -> None:
    from django.core.files.base import ContentFile

    from pamong.evidence import actions

    for size, rounds in ((MB // 2, 20), (LARGE, 3)):
        files = [ContentFile(pdf(size, seed), "ukur.pdf") for seed in range(rounds)]
        start = time.perf_counter()
        for file in files:
            actions.receive(file)
        speed = size * rounds / MB / (time.perf_counter() - start)
        told(f"hashed, inspected and kept, PDF of {size / MB:.1f} MB", speed, "MB/s")


# -- memory -----------------------------------------------------------------------------------------------------------

WORKER = """
import resource
from pathlib import Path
import django; django.setup()
from pamong.evidence import tasks
def peak():
    return next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
before = peak()
assert tasks.check_waiting() == 1
print(before, peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _memory(region: Any) -> None:
    """100 MB through the door for weak lines, then checked by a worker of its own."""
    from pamong.accounts.models import User
    from pamong.evidence.models import Arrival

    content = pdf(LARGE, 99)
    server = bench_pages.serve(workers=1)
    try:
        bench_pages.wait()
        from django.test import Client

        client = Client()
        client.force_login(User.objects.get(email="operator@ukur.test"))
        client.get(f"/{region.slug}/inovasi/")
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        (worker,) = _children(server.pid)
        before = _peak(worker)
        start = time.perf_counter()
        _send(region, content, cookies)
        told("96 MB sent to a web worker", LARGE / MB / (time.perf_counter() - start), "MB/s")
        told("most memory of the web worker before", before, "MB")
        told("most memory of the web worker afterwards", _peak(worker), "MB")
    finally:
        server.terminate()
        server.wait(20)
    done = subprocess.run([sys.executable, "-c", WORKER], capture_output=True, text=True, check=True)
    own_before, own, child = (int(part) // 1024 for part in done.stdout.split()[-3:])
    told("most memory of the checking worker before", own_before, "MB")
    told("most memory of the checking worker afterwards", own, "MB")
    told("most memory of the process that opens the file", child, "MB")
    assert Arrival.objects.model._base_manager.get().state == "ready"


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _peak(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _send(region: Any, content: bytes, cookies: dict[str, str]) -> None:
    line = http.client.HTTPConnection("127.0.0.1", bench_pages.PORT, timeout=120)
    line.request(
        "POST", f"/{region.slug}/dokumen/kirim/", content,
        {
            "Tus-Resumable": "1.0.0", "Upload-Length": str(len(content)), "Content-Type": "application/offset+octet-stream",
            "Upload-Metadata": "filename " + base64.b64encode(b"besar.pdf").decode(),
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "X-CSRFToken": cookies["csrftoken"],
        },
    )  # fmt: skip
    answer = line.getresponse()
    said = answer.read()
    if answer.status != 201:
        raise SystemExit(f"{answer.status} {said[:200]!r}")


# -- reading ----------------------------------------------------------------------------------------------------------


def sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words))


def _reading() -> None:
    import typst

    from pamong.reading import reader
    from pamong.reading.reader import ocr

    rng = random.Random(1)
    pages = 200
    source = "#pagebreak()\n".join(sentence(rng, 350) + "\n" for _ in range(pages))
    path = Path(HOME) / "teks.pdf"
    path.write_bytes(typst.compile(source.encode(), ignore_system_fonts=True))
    limits = reader.Limits(seconds=600, ocr_pages=10)
    start = time.process_time()
    reader.read(path, "pdf", "application/pdf", limits, lambda name, value: None)
    told("read by their own text, prints and codes included", pages / (time.process_time() - start), "pages/s")
    if not ocr.is_available():
        print("OCR: tesseract with `ind` is not installed here")
        return
    scan = Path(HOME) / "pindaian.pdf"
    scan.write_bytes(_scanned(path, 10))
    start, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    own = time.process_time()
    reader.read(scan, "pdf", "application/pdf", limits, lambda name, value: None)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime + time.process_time() - own
    told("scanned at 200 dpi, read by OCR, CPU", 10 / cpu, "pages/s")
    told("the same, by the clock", 10 / (time.perf_counter() - start), "pages/s")


def _scanned(path: Path, pages: int) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    images = [document[number].render(scale=200 / 72, grayscale=True).to_pil() for number in range(pages)]
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=200)
    return out.getvalue()


# -- a large library --------------------------------------------------------------------------------------------------


def _tidy() -> None:
    """What both databases do by themselves after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _library(region: Any, number: int) -> None:
    """Decrees of about 250 words with some of their own; every hundredth is nearly the one before."""
    from pamong.accounts.models import User
    from pamong.evidence import queries as evidence
    from pamong.evidence.models import Document, Version
    from pamong.reading import actions, bounded, resembling, searching
    from pamong.reading.facts import Facts, Page
    from pamong.reading.models import Reading

    rng = random.Random(2)
    who = User.objects.get(email="region-admin@ukur.test")
    start = time.perf_counter()
    last: Any = None
    text = ""
    for at in range(number):
        if at % 100 != 1:
            own = f"inovasi{at} " + " ".join(f"kata{rng.randrange(20_000)}" for _ in range(60))
            text = f"{sentence(rng, 190)} {own}"
        document = Document.objects.create(region=region, subject=f"Keputusan {at}", number=f"188/{at}", created_by=who)
        version = Version.objects.create(
            document=document, region=region, number=1, by=who, sha256=f"{at:064x}", media_type="application/pdf", size=1
        )  # fmt: skip
        reading = Reading.objects.create(region=region, version=version, reader=actions.VERSION)
        prints = (("page", 1, f"{rng.getrandbits(64):016x}", bytes(1024).hex()),)
        actions.finish(reading, bounded.Seen(Facts("pdf", (Page(1, text),), "asli"), prints))
        last = version if at % 100 == 1 else last
    told(
        f"{number} documents filled in, each read, indexed and printed",
        (time.perf_counter() - start) * 1000 / number,
        "ms each",
    )
    _tidy()
    visible = evidence.visible_to(who, region)
    for label, words in (
        ("a word half of them hold", "kesehatan"),
        ("three words", "inovasi daerah kesehatan"),
        ("a rare word", f"inovasi{number // 2}"),
        ("a word nobody wrote", "zzyzx"),
        ("a number", f"188/{number // 3}"),
    ):
        page = median_ms(lambda words=words: list(searching.search(visible, words=words)[:50]), 7)  # type: ignore[misc]
        count = median_ms(lambda words=words: searching.search(visible, words=words).count(), 7)  # type: ignore[misc]
        told(f"search, {label}: first 50", page, "ms")
        told(f"search, {label}: how many", count, "ms")
    found = resembling.alike(last)
    assert found, "the document nearly like this one was not found"
    told("documents like a given one", median_ms(lambda: resembling.alike(last), 7), "ms")


if __name__ == "__main__":
    main()
