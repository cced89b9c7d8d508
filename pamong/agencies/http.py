"""A request as the views of a region see it: signed in, inside one region."""

from __future__ import annotations

from django.http import HttpRequest

from pamong.accounts.models import User
from pamong.agencies.models import Region


class RegionRequest(HttpRequest):
    """``RegionMiddleware`` guarantees both."""

    user: User
    region: Region
