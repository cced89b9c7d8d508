"""The generated pages of ``docs/reference``: ``python -m pamong.config.reference docs/reference`` (or ``make docs``)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

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


def settings_page() -> str:
    """Every setting, in Markdown."""
    return HEAD + "".join(
        f"| `{s.name}` | {_default(s)}{'; required in `production`' if s.required_in_production else ''} | {s.help} |\n"
        for s in SETTINGS
    )


def roles_page() -> str:
    """Every role with its scope and permissions, for auditors. Needs Django set up."""
    from pamong.accounts.roles import ROLES, Permission

    head = "# Roles\n\nWhat each role may do, and where. Whether an act is allowed *now* is for the policies of each feature.\n\n"
    told = "".join(f"* **{info.label}** (`{role}`, {info.scope}): {info.description}\n" for role, info in ROLES.items())
    columns = "| permission | " + " | ".join(f"`{role}`" for role in ROLES) + " |\n|---|" + ":-:|" * len(ROLES) + "\n"
    rows = "".join(
        f"| `{permission}` | "
        + " | ".join("×" if permission in info.permissions else "" for info in ROLES.values())
        + " |\n"
        for permission in Permission
    )
    return head + told + "\n" + columns + rows


def lifecycles_page() -> str:
    """Every life cycle as a diagram. Needs Django set up."""
    from pamong.assessments.states import ENTRY, PHASES
    from pamong.innovations.states import LIFECYCLE

    told = (("An innovation (PP 38/2017)", LIFECYCLE), ("An assessment", PHASES), ("An entry", ENTRY))
    head = "# Life cycles\n\nWhich states exist and which step leads where; drawn from the tables the code obeys.\n"
    return head + "".join(f"\n## {title}\n\n```mermaid\n{cycle.diagram()}\n```\n" for title, cycle in told)


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "roles.md": roles_page,
    "lifecycles.md": lifecycles_page,
}


def main(folder: Path) -> None:
    """Write every page into ``folder``."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pamong.config.settings")
    django.setup()
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
