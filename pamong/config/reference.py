"""The page ``docs/reference/settings.md``: ``python -m pamong.config.reference > docs/reference/settings.md``."""

from __future__ import annotations

import sys

from pamong.config.env import SETTINGS, Setting

HEAD = """# Settings

Everything an installation may set, read once from the environment at start. An unknown name under `PAMONG_` (a typing
error, say) or a value that cannot be read stops the start, and every fault is named at once.

| Variable | When absent | What it is for |
|---|---|---|
"""


def _default(setting: Setting) -> str:
    value = setting.default
    if isinstance(value, tuple):
        value = ",".join(value)
    if isinstance(value, bool):
        value = int(value)
    return f"`{value}`" if value != "" else "empty"


def page() -> str:
    """The page, in Markdown."""
    return HEAD + "".join(
        f"| `{s.name}` | {_default(s)}{'; required in `production`' if s.required_in_production else ''} | {s.help} |\n"
        for s in SETTINGS
    )


if __name__ == "__main__":
    sys.stdout.write(page())
