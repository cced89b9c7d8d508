"""The product's settings, made fast and harmless for tests."""

import atexit
import os
import shutil
import tempfile

if "PAMONG_HOME" not in os.environ:
    # Workers of one run inherit it.
    os.environ["PAMONG_HOME"] = tempfile.mkdtemp(prefix="pamong-test-")
    atexit.register(shutil.rmtree, os.environ["PAMONG_HOME"], ignore_errors=True)
os.environ.setdefault("PAMONG_HOSTS", "127.0.0.1,localhost,testserver")

from pamong.config.settings import *
from pamong.config.settings import DATABASES, HOME, Q_CLUSTER, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = OUTBOX_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# WhiteNoise warns when there is nothing to serve; tests must not depend on what was collected before.
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
Q_CLUSTER = {**Q_CLUSTER, "sync": True}
# Each test thread opens and closes its own connection: nothing may outlive the test database.
DATABASES["default"]["OPTIONS"].pop("pool", None)
# Tests that want a document read, or a claim looked at, ask for it.
TASKS_ON_ARRIVAL = ()
TASKS_ON_RECEPTION = ()
TASKS_ON_CLAIM = TASKS_AFTER_READING = ()
