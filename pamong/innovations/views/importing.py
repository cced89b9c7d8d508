"""Placeholder."""

from django.http import HttpResponse


def upload(request, **kw):
    return HttpResponse()


sample = columns = check = drop = upload
