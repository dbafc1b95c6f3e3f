"""All settings, read from the environment (12-factor): see README, "Configuration"."""

import contextlib
import os
import secrets
from pathlib import Path

import bootstrap_wrapper
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

PORTAL_PROFILE = env.str("PORTAL_PROFILE", default="embedded")
if PORTAL_PROFILE not in {"embedded", "demo", "production"}:
    raise ImproperlyConfigured("PORTAL_PROFILE must be embedded, demo or production.")
IS_DEMO = PORTAL_PROFILE == "demo"
IS_PRODUCTION = PORTAL_PROFILE == "production"

PORTAL_DATA = Path(env.str("PORTAL_DATA", default=str(BASE_DIR / "var"))).resolve()
# Sessions, codes and addresses stand in it: no other account of the machine reads them.
PORTAL_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)


def _required(name: str) -> None:
    """Refuse to start in production without `name`: a WSGI server runs no checks."""
    if IS_PRODUCTION and not env.str(name, default=""):
        raise ImproperlyConfigured(f"{name} is required when PORTAL_PROFILE=production.")


for _name in (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "TRUSTED_PROXIES",
):
    _required(_name)
if IS_PRODUCTION and "*" in env.list("ALLOWED_HOSTS"):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts when PORTAL_PROFILE=production.")
if IS_PRODUCTION and not env.str("SITE_URL").startswith("https://"):
    raise ImproperlyConfigured("SITE_URL must begin with https:// when PORTAL_PROFILE=production.")


def _secret_key() -> str:
    """Return the key of the environment, or one made at first start and kept in the data folder."""
    given = env.str("SECRET_KEY", default="")
    if given:
        return given
    path = PORTAL_DATA / "secret_key"
    if not path.exists():
        # Written aside, then given its name at once: a start cut short leaves no empty key.
        draft = PORTAL_DATA / f"secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = False
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = LOCAL_HOSTS if IS_DEMO else env.list("ALLOWED_HOSTS", default=LOCAL_HOSTS)
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{env.str('PORT', default='8000')}").rstrip("/")
SITE_NAME = "Préau"
# How many proxies stand in front and append to X-Forwarded-For; 0 trusts none of it.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
if TRUSTED_PROXIES < 0:
    raise ImproperlyConfigured("TRUSTED_PROXIES counts proxies: 0 or more.")
PORTAL_MAINTENANCE = env.bool("PORTAL_MAINTENANCE", default=False)
PORTAL_TIMING = env.bool("PORTAL_TIMING", default=IS_DEMO)
# Whether a request may start `background --once` when no clock was seen for an hour (RULES §6).
PORTAL_CLOCK_CHILD = env.bool("PORTAL_CLOCK_CHILD", default=True)
# Switched off by the test settings of races and by the bench's twin server.
PORTAL_PAGE_CACHE = env.bool("PORTAL_PAGE_CACHE", default=True)
# Read once a request: a new number empties the pages kept in memory.
PAGE_VERSION = "resources.catalogue.version.current"
# What of a public page is a person's own, put back into the page kept without it.
PAGE_HOLES = "portal.roof.holes"

# What a public site owes its readers; empty values are said plainly on the pages that need them.
HOST = {
    "name": env.str("HOST_NAME", default=""),
    "address": env.str("HOST_ADDRESS", default=""),
    "telephone": env.str("HOST_TELEPHONE", default=""),
    "email": env.str("HOST_EMAIL", default=""),
    "director": env.str("HOST_DIRECTOR", default=""),
    "hosting_name": env.str("HOSTING_NAME", default=""),
    "hosting_address": env.str("HOSTING_ADDRESS", default=""),
    "hosting_telephone": env.str("HOSTING_TELEPHONE", default=""),
    "report_email": env.str("HOST_REPORT_EMAIL", default=""),
    "dpo_email": env.str("HOST_DPO_EMAIL", default=""),
}

INSTALLED_APPS = [
    "portal",
    "exchanges",
    "resources",
    "accounts",
    "foundation",
    "portal.administration.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "reversion",
    "django_tasks_db",
]

MIDDLEWARE = [
    "foundation.timing.TimingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.maintenance.MaintenanceMiddleware",
    "portal.clock.late.LateClockMiddleware",
    "portal.language.LanguageMiddleware",
    "foundation.pagecache.AnonymousPageMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.people.middleware.PrivatePagesMiddleware",
    "accounts.schools.middleware.SessionLimitsMiddleware",
    "portal.given_back.SignInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "foundation.limits.middleware.LimitsMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.roof.roof",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# Data ------------------------------------------------------------------------------------------

DATABASE_URL = env.str("DATABASE_URL", default="")
if DATABASE_URL:
    DATABASES = {"default": {**env.db_url("DATABASE_URL"), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": PORTAL_DATA / "preau.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
else:
    # Never per-process memory: sign-in limits live here and must hold across processes.
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_rows"}}
    SESSION_ENGINE = "django.contrib.sessions.backends.db"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MEDIA_ROOT = PORTAL_DATA / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = PORTAL_DATA / "static"
STATIC_URL = "/static/"
_BOOTSTRAP = Path(bootstrap_wrapper.__file__).resolve().parent.parent / "bootstrap"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", _BOOTSTRAP)]
# Of Bootstrap only what the pages load is published.
STATIC_IGNORED = [
    "bootstrap-grid*",
    "bootstrap-reboot*",
    "bootstrap-utilities*",
    "bootstrap.css*",
    "bootstrap.rtl.css*",
    "js/bootstrap*",
    "bootstrap.*.js*",
    "bootstrap.js*",
    "version.txt",
    "README.md",
]
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if env.str("S3_BUCKET", default=""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("S3_BUCKET"),
            "endpoint_url": env.str("S3_ENDPOINT", default="") or None,
            "default_acl": "private",
        },
    }
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# No other stands behind it: a file that a person sends is never written before somebody has looked at it.
FILE_UPLOAD_HANDLERS = ["foundation.uploads.receiving.HeldInMemory"]
FILE_UPLOAD_PERMISSIONS = 0o640

# People and sessions -----------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.people.passwords.OwnWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# Not the home page: it may come from memory, without the word that one is signed out.
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "accounts.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_USERNAME_MIN_LENGTH = 3
# Digits: every keyboard has them, in every alphabet.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
# Ours stand in foundation.limits; allauth's would count the right tries too.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "set_password": "accounts.people.forms.SetPasswordForm",
    "change_password": "accounts.people.forms.SetPasswordForm",
    "confirm_login_code": "accounts.people.forms.MailedCodeForm",
    "reset_password": "accounts.people.forms.ResetPasswordForm",
    "confirm_password_reset_code": "accounts.people.forms.MailedCodeForm",
    "reset_password_from_key": "accounts.people.forms.ResetPasswordKeyForm",
}
MFA_FORMS = {
    "authenticate": "accounts.people.forms.AuthenticateForm",
    "activate_totp": "accounts.people.forms.ActivateTOTPForm",
    "add_webauthn": "accounts.people.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.people.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_RECOVERY_CODE_COUNT = 10
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION
MFA_TOTP_ISSUER = SITE_NAME
# A telephone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
# It would write at every request; our middleware notes a visit every ten minutes.
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
if IS_PRODUCTION:
    # A browser takes such a name from this host alone, by https (ASVS 3.3.3).
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"

# Mail ------------------------------------------------------------------------------------------

if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = PORTAL_DATA / "mail"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Préau <preau@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# The right side of every Message-ID.
MAIL_HOST = SITE_URL.partition("://")[2].partition(":")[0].partition("/")[0]
EMAIL_TIMEOUT = 20

# Language and time -------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("ar", "العربية"), ("en", "English")]
# Shown to readers: each language once its catalogue is complete for parents' pages (DESIGN §8).
OFFERED_LANGUAGES = ["fr", "ar"]
LANGUAGE_COOKIE_NAME = "langue"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Paris")

# Headers -----------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=False)
    SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
    CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Forms -------------------------------------------------------------------------------------------

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "foundation.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "portal": {"level": "INFO"},
        "django_tasks": {"level": "WARNING"},
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}

LIBRARY_DIR = BASE_DIR / "resources" / "starter"
LANGUAGE_NAMES = {"fr": _("French"), "ar": _("Arabic"), "en": _("English")}
