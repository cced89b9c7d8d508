"""Django's settings, all derived from ``env.py``. Nothing else reads the environment."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import environ as django_environ
import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from pamong.config import env

try:
    PAMONG = env.read(os.environ)
except env.SettingsFault as fault:
    raise ImproperlyConfigured(str(fault)) from None

BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(PAMONG.home).absolute()
PRODUCTION = PAMONG.profile == "production"
DEBUG = False


def _secret_key() -> str:
    if PAMONG.secret_key:
        return str(PAMONG.secret_key)
    path = HOME / "secret.key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        # O_EXCL: of two processes starting at once, one writes and both read the same key.
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(64))
        except FileExistsError:
            pass
    return path.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = list(PAMONG.hosts)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in PAMONG.hosts if host != "*"] if PRODUCTION else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # Before allauth: its pages are shown with our templates.
    "pamong.common",
    "pamong.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_q",
    "simple_history",
    "pamong.audit",
    "pamong.agencies",
    "pamong.notifications",
    "pamong.evidence",
    "pamong.reading",
    "pamong.innovations",
    "pamong.assessments",
    "pamong.checks",
    "pamong.scoring",
    "pamong.ranking",
    "pamong.planning",
    "pamong.dashboards",
    "pamong.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pamong.common.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "pamong.agencies.second_factor.SecondFactorMiddleware",
    "pamong.agencies.middleware.RegionMiddleware",
    "pamong.common.middleware.RefusedMiddleware",
]

ROOT_URLCONF = "pamong.config.urls"
WSGI_APPLICATION = "pamong.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "pamong.agencies.context.navigation",
            ],
            "builtins": ["pamong.common.templatetags.pamong", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# -- database -------------------------------------------------------------------------------------------------------


def _database() -> dict[str, object]:
    url = PAMONG.database_url
    if not url:
        HOME.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{HOME / 'pamong.sqlite3'}"
    config: dict[str, object] = django_environ.Env.db_url_config(url)
    if "sqlite" in str(config["ENGINE"]):
        config["CONN_MAX_AGE"] = 600
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728",
        }
    else:
        # What the address itself asks for (``?sslmode=require``) has the last word. Statements asked five times are
        # planned once and kept by the connection; for that their parameters must travel apart from their text.
        config["OPTIONS"] = {
            "pool": {"min_size": 1, "max_size": PAMONG.threads + 2, "timeout": 10},
            "server_side_binding": True,
            "prepare_threshold": 5,
            **dict(config.get("OPTIONS") or {}),  # type: ignore[call-overload]
        }
    return config


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": PAMONG.redis_url}
    if PAMONG.redis_url
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "pamong_cache"}
}
SESSION_COOKIE_AGE = PAMONG.session_hours * 3600
SESSION_COOKIE_NAME = "pamong"
SESSION_COOKIE_HTTPONLY = True

# -- people ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "pamong.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "pamong.accounts.adapters.SocialAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# An account comes from an invitation sent to its address: opening that link has proven the address.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = PAMONG.proxy_count
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "Pamong"
# Passkeys demand HTTPS; browsers make one exception, for http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_ROLES = PAMONG.mfa_roles
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": PAMONG.oidc_name,
                "client_id": PAMONG.oidc_client_id,
                "secret": PAMONG.oidc_client_secret,
                "settings": {"server_url": PAMONG.oidc_issuer},
            }
        ]
        if PAMONG.oidc_issuer
        else [],
    }
}

# -- words, files, mail ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
# Years and numbers in form fields are not "2.026"; figures are written with the `decimal` filter.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR.parent / "staticfiles" if (BASE_DIR.parent / "manage.py").exists() else HOME / "static"


def _store(folder: str) -> dict[str, object]:
    """Where files lie: under ``folder`` of the installation's own, or of its bucket."""
    if not PAMONG.s3_bucket:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": HOME / folder, "base_url": None},
        }
    options = {
        "bucket_name": PAMONG.s3_bucket,
        "endpoint_url": PAMONG.s3_endpoint or None,
        "region_name": PAMONG.s3_region or None,
        "access_key": PAMONG.s3_key_id or None,
        "secret_key": PAMONG.s3_secret or None,
        "location": f"{PAMONG.s3_folder}/{folder}",
    }
    return {"BACKEND": "pamong.evidence.buckets.Bucket", "OPTIONS": options}


STORAGES = {
    "default": _store("files"),
    # Pieces of files that have not arrived whole, and whole ones not checked yet.
    "arriving": _store("arriving"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
S3_DIRECT = PAMONG.s3_direct
FILE_LINK_SECONDS = PAMONG.file_link_minutes * 60
MEDIA_ROOT = HOME / "files"
MEDIA_URL = ""
UPLOAD_MAX_BYTES = PAMONG.upload_max_mb * 1024 * 1024
ARCHIVE_MAX_BYTES = max(PAMONG.archive_max_mb, PAMONG.upload_max_mb) * 1024 * 1024
INBOX_MAX_BYTES = PAMONG.inbox_max_mb * 1024 * 1024
CLAMD = PAMONG.clamd
AGENCY_QUOTA_MB = PAMONG.agency_quota_mb
UNFINISHED_DAYS = PAMONG.unfinished_days
INBOX_DAYS = PAMONG.inbox_days
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "pamong.evidence.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
# Asked of the background worker for every new version of a document: the library knows nobody above it.
TASKS_ON_ARRIVAL: tuple[str, ...] = ("pamong.reading.tasks.arrived",)
# The same for every file that is ready in an inbox.
TASKS_ON_RECEPTION: tuple[str, ...] = ("pamong.reading.tasks.received",)
# Asked once a claim or its proof has changed, and once a version has been read: the year and the reader know nobody above them.
TASKS_ON_CLAIM: tuple[str, ...] = ("pamong.checks.tasks.look",)
TASKS_AFTER_READING: tuple[str, ...] = ("pamong.checks.tasks.document_read",)
OCR_PAGES = PAMONG.ocr_pages
TRUST_ROOTS = PAMONG.trust_roots
VISIT_LINKS = PAMONG.visit_links

EMAIL_CONFIG = django_environ.Env.email_url_config(PAMONG.email_url)
vars().update(EMAIL_CONFIG)
# Nothing leaves but from a row of the outbox: Django writes there, and only the sender uses the real backend.
OUTBOX_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_BACKEND = "pamong.notifications.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = PAMONG.email_from

Q_CLUSTER = {
    "name": "pamong",
    "orm": "default",
    "workers": PAMONG.task_workers,
    "timeout": 300,
    "retry": 360,
    "max_attempts": 5,
    "ack_failures": False,
    "catch_up": False,
    "poll": 1,
    "save_limit": 500,
    "label": "Pamong",
}

# -- safety ---------------------------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    # Whatever watches over the process asks on the machine itself, without HTTPS.
    SECURE_REDIRECT_EXEMPT = [r"^sehat/$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
if PAMONG.proxy_https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *([PAMONG.oidc_issuer] if PAMONG.oidc_issuer else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# -- log ------------------------------------------------------------------------------------------------------------

_BEFORE: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=False),
]
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_BEFORE,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
_LINE: list[structlog.typing.Processor] = (
    [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    if PAMONG.log_json
    # Plain: a coloured traceback would print the variables of every frame, passwords among them.
    else [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_LINE],
            "foreign_pre_chain": _BEFORE,
        }
    },
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": PAMONG.log_level},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django-q": {"level": "WARNING"},
        # Django's own handlers would print a second time.
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # Strangers knock with invented host names all day; the answer (400) is enough.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
if PAMONG.access_log:
    MIDDLEWARE.insert(0, "django_structlog.middlewares.RequestMiddleware")
