"""``python -m tests.reading.evidence_checks docs/reference/evidence-checks.md``: wakes Django, then measures every part of the page."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from tests.checks import measure as indicators
    from tests.innovations import measure_resembling
    from tests.reading import measure, measure_likeness

    target = Path(sys.argv[1])
    measure.main(target)
    text, wrong = indicators.section()
    parts = (target.read_text(), text, measure_likeness.section(), measure_resembling.section())
    target.write_text("\n\n".join(part.rstrip() for part in parts) + "\n")
    sys.stderr.write("".join(f"{each}\n" for each in wrong))


if __name__ == "__main__":
    main()
