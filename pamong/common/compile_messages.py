"""``python -m pamong.common.compile_messages``: makes the translations readable to Django, without GNU gettext.

The compiled files are not kept in the repository; set-up calls this.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polib  # type: ignore[import-untyped]

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_all(folder: Path = LOCALE) -> list[Path]:
    """Write a ``.mo`` beside every ``.po`` under ``folder``. Returns what was written."""
    made = []
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        polib.pofile(str(source)).save_as_mofile(str(target))
        made.append(target)
    return made


if __name__ == "__main__":
    for path in compile_all():
        sys.stdout.write(f"{path.relative_to(LOCALE.parent)}\n")
