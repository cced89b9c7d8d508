"""The product's addresses, and before them the bare view."""

from django.urls import path

from benchmarks import bare
from pamong.config.urls import urlpatterns as product

urlpatterns = [path("<slug:region>/bare/", bare.rows), *product]
