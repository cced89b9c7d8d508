"""The product's settings with one more address: the bare view it is measured against."""

from pamong.config.settings import *

ROOT_URLCONF = "benchmarks.urls"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
