"""``python -m tests.reading.evidence_checks docs/reference/evidence-checks.md``: wakes Django, then measures."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from tests.reading import measure

    measure.main(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
