"""The yardstick: the same fifty rows behind the same middlewares, in a table and nothing else."""

from functools import cache
from typing import Any

from django.http import HttpResponse
from django.template import engines

from pamong.agencies.http import RegionRequest
from pamong.innovations.models import Innovation

TEMPLATE = (
    "<!doctype html><table>{% for row in rows %}<tr><td>{{ row.name }}</td><td>{{ row.agency__name }}</td>"
    "<td>{{ row.stage }}</td><td>{{ row.kind }}</td><td>{{ row.affair }}</td></tr>{% endfor %}</table>"
)


def rows(request: RegionRequest) -> HttpResponse:
    found = Innovation.objects.order_by("name").values("name", "agency__name", "stage", "kind", "affair")[:50]
    return HttpResponse(_template().render({"rows": found}))


@cache
def _template() -> Any:
    """Read once, as the product's templates are."""
    return engines["django"].from_string(TEMPLATE)
