"""A command at the terminal that speaks Indonesian and hides Django's own options."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser, DjangoHelpFormatter


class _Formatter(DjangoHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Pemakaian: " if prefix is None else prefix)


class Command(BaseCommand):
    """Write ``help`` and the options in Indonesian; the rest of ``--help`` is done here.

    ``prepares``: the database is brought up to date first, so that the command works on a new machine.
    """

    requires_system_checks = ()
    prepares = False

    def execute(self, *args: Any, **options: Any) -> str | None:
        if self.prepares:
            call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        return super().execute(*args, **options)

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, formatter_class=_Formatter, **kwargs)
        parser._positionals.title = "Argumen"
        parser._optionals.title = "Pilihan"
        for action in parser._actions:
            if action.dest == "help":
                action.help = "menampilkan keterangan ini"
            elif action.dest in self._of_django:
                action.help = argparse.SUPPRESS
        return parser

    _of_django = frozenset(
        {"version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks"}
    )
