"""The product's settings as they are, with the static files of this very checkout beside the test's own data."""

from pamong.config.settings import *
from pamong.config.settings import HOME

STATIC_ROOT = HOME / "static"
