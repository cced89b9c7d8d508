"""Computing, by the background worker. It may run twice; a worker that is killed loses nothing but its time."""

from __future__ import annotations

from functools import partial

from django_scopes import scope, scopes_disabled

from pamong.ranking import working
from pamong.ranking.actions import computing


def work(pk: int) -> str:
    """Answer the run ``pk``. Returns its state, or ``nothing`` if there was nothing to do."""
    with scopes_disabled():
        run = computing.begin(pk)
    if run is None:
        return "nothing"
    with scope(region=run.region):
        try:
            answer = working.compute(run, partial(computing.progress, run))
        except working.CannotCompute as fault:
            return str(computing.fail(run, str(fault)).state)
        except computing.Cancelled:
            return "cancelled"
        return str(computing.finish(run, answer).state)
