"""Django settings. Everything that differs between offices comes from the environment; defaults are those of a stand-alone office PC."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlparse


def _home() -> Path:
    """The one folder that holds all that Jushi stores."""
    given = os.environ.get("JUSHI_HOME")
    base = Path(given) if given else _usual_home()
    base.mkdir(parents=True, exist_ok=True)
    return base.resolve()


def _usual_home() -> Path:
    """The user's data folder, as each system has it."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "Jushi" / "data"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "jushi"


def _secret(home: Path) -> str:
    """A key made on first use and kept beside the data, readable by the owner alone."""
    path = home / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _database(home: Path) -> dict[str, object]:
    """SQLite in the home folder, or PostgreSQL by ``DATABASE_URL`` (postgresql://user:pass@host:port/name)."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        # KB of a connection: each of a server's threads has one, and the system's own cache holds the pages for all of them
        cache = 2_000 if os.environ.get("JUSHI_WORKER") == "1" else 16_000
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "jushi.sqlite3",
            "CONN_MAX_AGE": 600,  # opening the file and setting its pragmas anew would cost every request a millisecond
            "OPTIONS": {
                "cached_statements": 48,
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    f" PRAGMA cache_size=-{cache}; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    parts = urlparse(url)
    query = dict(item.split("=", 1) for item in parts.query.split("&") if "=" in item)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


JUSHI_HOME = _home()
JUSHI_DEMO = os.environ.get("JUSHI_DEMO") == "1"
JUSHI_DEMO_PASSWORD = "Jushi-2015"  # the demonstration's accounts; printed on its sign-in page, worth nothing elsewhere  # noqa: S105 — printed on the demonstration's sign-in page
JUSHI_DEMO_LOADER = "jushi.site.demo.load.load"
EVIDENCE_ROOT = JUSHI_HOME / "evidence"
SECRET_KEY = _secret(JUSHI_HOME)
DEBUG = os.environ.get("JUSHI_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("JUSHI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("JUSHI_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "jushi.kernel",
    "jushi.entities",
    "jushi.ledger",
    "jushi.indicators",
    "jushi.planning",
    "jushi.reports",
    "jushi.proofdesk",
    "jushi.desk",
    "jushi.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jushi.desk.middleware.ScopeMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "jushi.site.urls"
WSGI_APPLICATION = "jushi.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "jushi.desk.context.frame",
            ]
        },
    }
]

DATABASES = {"default": _database(JUSHI_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_IS_SQLITE = "sqlite" in str(DATABASES["default"]["ENGINE"])

AUTH_USER_MODEL = "kernel.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "jushi.desk.signin.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "jushi.kernel.passwords.ThreeClassesValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "desk/locked.html"
AXES_VERBOSE = False
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("JUSHI_TLS") == "1"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
STATIC_URL = "/static/"
STATIC_ROOT = JUSHI_HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "jushi.kernel.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
UPLOAD_LIMIT = int(os.environ.get("JUSHI_UPLOAD_LIMIT", 50 * 1024 * 1024))
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20000
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"dated": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        # opened only when there is something to write; request bodies never come in
        "file": {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": str(JUSHI_HOME / "jushi.log"),
            "formatter": "dated",
            "maxBytes": 2_000_000,
            "backupCount": 5,
            "delay": True,
            "encoding": "utf-8",
            "level": "ERROR",
        },
    },
    "root": {"handlers": ["console", "file"], "level": "WARNING"},
}
