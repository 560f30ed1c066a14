"""Every setting of Heard, in one file, typed from the environment; nonsense in the environment stops the start.

With nothing set, Heard is *embedded*: SQLite, one process, one machine (what `./run` starts).
`DATABASE_URL` and `REDIS_URL` make it *served for real*; docs/operate.md lists every variable.
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

# One thread a process for the sentence model: more fight each other under load (seconds, not milliseconds).
os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parents[2]
env = Env()

# --- Where things live ---------------------------------------------------------------------------

DATA = Path(env.str("HEARD_DATA", str(ROOT / "var"))).resolve()
DATABASE_URL = env.str("DATABASE_URL", "")
REDIS_URL = env.str("REDIS_URL", "")
PORT = env.int("PORT", 8000)
EMBEDDED = not DATABASE_URL
DEBUG = env.bool("HEARD_DEBUG", False)

# The public address. Its scheme decides whether cookies are marked Secure. Served without an address
# means https: the safe reading of an unfinished configuration.
HEARD_URL = env.str("HEARD_URL", f"http://127.0.0.1:{PORT}" if EMBEDDED else "https://localhost")
_address = urlsplit(HEARD_URL)
if _address.scheme not in {"http", "https"} or not _address.hostname:
    raise ImproperlyConfigured("HEARD_URL must be an address such as https://heard.example")
SECURE = _address.scheme == "https"


def _secret_key() -> str:
    """The server's secret: from the environment, from a file, or made once in the data folder."""
    if key := env.str("HEARD_SECRET_KEY", ""):
        return key
    given = env.str("HEARD_SECRET_KEY_FILE", "")
    path = Path(given) if given else DATA / "secret_key"
    if not path.exists():
        if given:
            raise ImproperlyConfigured(f"HEARD_SECRET_KEY_FILE names {given}, which is not there")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            # O_EXCL: of two first starts at once, one makes the key and the other reads it.
            made = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(made, "w") as file:
                file.write(secrets.token_urlsafe(64))
    key = path.read_text().strip()
    if len(key) < 50:
        raise ImproperlyConfigured(f"the secret key in {path} is too short: 50 characters at least")
    return key


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("HEARD_HOSTS", ["127.0.0.1", "localhost", "[::1]", _address.hostname])
CSRF_TRUSTED_ORIGINS = [HEARD_URL.rstrip("/")]

# --- Rooms ---------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "heard",
    "heard.accounts",
    "heard.notifications",
    "heard.spaces",
    "heard.moderation",
    "engagement.themes",
    "engagement.experiences",
    "engagement.routing",
    "engagement.board",
    "engagement.responses",
    "heard.cms",
    "heard.demo",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "channels",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "heard.middleware.SafeAnswersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "heard.spaces.hiding.HiddenPagesMiddleware",
]

ROOT_URLCONF = "heard.urls"
ASGI_APPLICATION = "heard.asgi.application"
WSGI_APPLICATION = "heard.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "frontend" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "heard.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "heard.forms.HeardRenderer"

# --- Database, cache, tasks ----------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]]
if EMBEDDED:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "heard.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                # FULL: what was accepted is on the disk, also after a power cut.
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
            },
            "TEST": {"NAME": str(DATA / "test.sqlite3")},
        }
    }
    DATA.mkdir(parents=True, exist_ok=True)
else:
    DATABASES = {"default": dict(env.dj_db_url("DATABASE_URL"))}
    if "postgresql" not in DATABASES["default"]["ENGINE"]:
        raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database")
    # After PostgreSQL restarted, a dead connection is noticed before a request fails on it.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {
            # A pool: persistent connections a thread would exhaust the server under ASGI.
            "pool": {
                "min_size": 2,
                "max_size": env.int("HEARD_DB_POOL", 16),
                "timeout": env.int("HEARD_DB_WAIT", 4),
            },
            "connect_timeout": 3,
            # A telling transaction that hangs would hold up the stream (docs/live.md).
            "options": "-c idle_in_transaction_session_timeout=15000",
        }
    )

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {"BACKEND": "heard.cache.SteadyRedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "heard"}
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# `off` keeps the embedded process from doing background work (tests that look at what waits).
HEARD_WORKER = env.str("HEARD_WORKER", "on").lower()
if HEARD_WORKER not in {"on", "off"}:
    raise ImproperlyConfigured("HEARD_WORKER is 'on' or 'off'")

# --- People and sign-in --------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "heard.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = None
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Heard"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"
LOGOUT_REDIRECT_URL = "/"

# `off` lifts Heard's own limits and allauth's, for load tests on loopback.
HEARD_LIMITS = env.str("HEARD_LIMITS", "on").lower()
if HEARD_LIMITS not in {"on", "off"}:
    raise ImproperlyConfigured("HEARD_LIMITS is 'on' or 'off'")
LIMITS_ON = HEARD_LIMITS == "on"
if not LIMITS_ON:
    ACCOUNT_RATE_LIMITS = False

# --- Languages and time --------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("ur", _("Urdu")), ("ar", _("Arabic"))]
LOCALE_PATHS = [ROOT / "frontend" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_COOKIE_NAME = "heard_language"

# --- Files and static ----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("HEARD_STATIC", str(DATA / "static")))
STATICFILES_DIRS = [ROOT / "frontend" / "dist"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
# Before the files are gathered (`collectstatic`) they are served from where they are, uncompressed.
WHITENOISE_USE_FINDERS = not STATIC_ROOT.is_dir()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# --- Security headers ----------------------------------------------------------------------------

# Nothing from anywhere but ourselves, and no script or style that does not carry this answer's nonce.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing leaves the site. (`no-referrer` would make browsers send `Origin: null` with our own forms, which
# Django's CSRF check refuses, and rightly.)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-heard" if SECURE else "heard"
CSRF_COOKIE_NAME = "__Host-heard_csrf" if SECURE else "heard_csrf"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_AGE = None  # gone with the browser: nothing of a visit stays on a shared device
CSRF_FAILURE_VIEW = "heard.views.csrf_failure"

# --- Mail ----------------------------------------------------------------------------------------

_mail = env.dj_email_url("EMAIL_URL", "console://" if not EMBEDDED else f"file:///{DATA / 'mail'}")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH = str(DATA / "mail")
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("HEARD_FROM", "Heard <news@heard.test>")

# --- The API -------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "heard.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["heard.parsers.BoundedJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "heard.paging.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "heard.problems.answer",
    "DEFAULT_VERSIONING_CLASS": None,
    "PAGE_SIZE": 25,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
REST_KNOX = {
    "TOKEN_TTL": timedelta(days=90),
    "AUTH_HEADER_PREFIX": "Token",
    "TOKEN_LIMIT_PER_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Heard",
    "DESCRIPTION": "Share an experience, follow what became of it, and see what was decided and why.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1/",
    "PREPROCESSING_HOOKS": ["heard.api.only_ours"],
    "ENUM_NAME_OVERRIDES": {
        "StepKind": "engagement.experiences.models.StepKind",
        "ExperienceState": "engagement.experiences.models.State",
        "DecisionKind": "engagement.board.models.DecisionKind",
        "InsightState": "engagement.board.models.InsightState",
        "ReferralState": "engagement.routing.models.ReferralState",
        "SpaceState": "heard.spaces.models.SpaceState",
    },
}

# --- Wagtail -------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Heard"
WAGTAILADMIN_BASE_URL = HEARD_URL
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILADMIN_LOGIN_URL = "/cms/login/"  # ours: allauth, or 403 for those who are signed in
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
# A private space that moves must not leave a sign to its new address.
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# --- Live ----------------------------------------------------------------------------------------

LIVE_POLL = 1.0  # seconds: how long a lost wake-up may go unnoticed
LIVE_SWEEP = 4.0  # seconds: how long a change of membership that nobody told may go unnoticed
LIVE_STALL = env.float("HEARD_LIVE_STALL", 30.0)  # seconds without a byte taken before we hang up
LIVE_MEMORY = 2000  # rows each hub keeps, so that a herd that comes back needs no table
LIVE_PAGE = 500  # rows read from the table at once

# --- Logs: never testimony, receipts, e-mail addresses or an anonymous person's address ------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "heard.logs.QuietFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "heard": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "ERROR"},
        "django_tasks": {"level": "WARNING"},
    },
}

# --- The programme's own choices -----------------------------------------------------------------

EXIT_ADDRESS = env.str("HEARD_EXIT_ADDRESS", "https://www.bbc.co.uk/weather")
EXPERIENCE_MAX_LENGTH = 5000
READ_WITHIN_WORKING_DAYS = env.int("HEARD_READ_DAYS", 3)  # a moderator reads what was shared
ANSWER_WITHIN_DAYS = env.int("HEARD_ANSWER_DAYS", 92)  # a board meets each quarter, and answers
SMALL_NUMBER = 5  # counts below this are said as "fewer than 5"
