"""``python -m tests.reading.evidence_checks docs/reference/evidence-checks.md``: wakes Django, then measures both parts of the page."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from tests.checks import measure as indicators
    from tests.reading import measure, measure_likeness

    target = Path(sys.argv[1])
    measure.main(target)
    text, wrong = indicators.section()
    target.write_text(f"{target.read_text().rstrip()}\n\n{text.rstrip()}\n\n{measure_likeness.section()}")
    sys.stderr.write("".join(f"{each}\n" for each in wrong))


if __name__ == "__main__":
    main()
