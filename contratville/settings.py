"""Settings, all from the environment; what is not set is safe for production, but for the secret key, which must be."""

import os
import sys
from pathlib import Path
from urllib.parse import quote

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
#: Everything the application writes by itself: the embedded database, rendered fonts, the development key.
VAR_DIR = BASE_DIR / "var"

env = Env()
TESTING = "pytest" in sys.modules
#: « development » is the demonstration on one's own machine over plain HTTP; anything else is production.
DEVELOPMENT = env.str("CONTRATVILLE_ENV", "production") == "development" or TESTING
#: Pages of errors that show the code and its values: on one's own machine alone.
DEBUG = DEVELOPMENT and env.bool("DEBUG", False)


def _secret_key() -> str:
    """The key of the environment; in development one that is made once and kept in var/."""
    if key := env.str("SECRET_KEY", ""):
        return key
    if not DEVELOPMENT:
        raise ImproperlyConfigured(
            "Définissez la variable d’environnement SECRET_KEY (50 signes au hasard, gardés secrets)."
        )
    from django.core.management.utils import get_random_secret_key

    kept = VAR_DIR / "secret-key"
    if not kept.exists():
        VAR_DIR.mkdir(exist_ok=True)
        # Renamed into place, so that a second process that starts meanwhile never reads half of it.
        made = VAR_DIR / f"secret-key.{os.getpid()}"
        made.touch(mode=0o600)
        made.write_text(get_random_secret_key())
        made.rename(kept)
    return kept.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"] if DEVELOPMENT else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "contratville",
    "accounts",
    "objectives",
    "actions",
    "indicators",
    "drafts",
    "publications",
    "public",
    "editor",
    "api",
    "editor.apps.EditorAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "mptt",
    "import_export",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "csp",
    "django_htmx",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "contratville.urls"
WSGI_APPLICATION = "contratville.wsgi.application"
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
            ],
        },
    },
]

# -- Database: SQLite embedded by default, PostgreSQL by DATABASE_URL --------------------------------------------------
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{quote(str(VAR_DIR / 'contratville.sqlite3'))}")}
_options = DATABASES["default"].setdefault("OPTIONS", {})
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(exist_ok=True)
    # IMMEDIATE: a writer waits for its turn at BEGIN instead of failing in the middle.
    _options.update(
        transaction_mode="IMMEDIATE",
        timeout=20,
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
    )
    if TESTING:  # a file, not memory: the live server and the test write at the same time
        DATABASES["default"]["TEST"] = {"NAME": env.str("TEST_DB_NAME", str(VAR_DIR / "test.sqlite3"))}
    else:  # opening and preparing the file takes three times as long as the rest of a quick answer
        DATABASES["default"]["CONN_MAX_AGE"] = 600
else:
    # The pool keeps connections; Django must then not keep them too.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    # One short question before a kept connection is used: a server that was restarted costs no error page.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    if not TESTING:
        _options["pool"] = {"min_size": 1, "max_size": env.int("DATABASE_POOL", 8), "timeout": 10}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- People ------------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name", "organisation")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_ENGINE = "accounts.sessions"
#: How long the links of letters serve: one to choose a new password, one to answer an invitation.
PASSWORD_RESET_TIMEOUT = env.int("PASSWORD_RESET_HOURS", 24) * 3_600
INVITATION_DAYS = env.int("INVITATION_DAYS", 7)
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "403.html"
AXES_VERBOSE = False
AXES_ENABLED = not TESTING
AXES_CLIENT_IP_CALLABLE = "contratville.addresses.client_address"
# What Django's sign-in form calls the account; axes would look for « email », the model's own name for it.
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "contratville.addresses.account_tried"

# -- French ------------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# -- Static files, served by the application itself --------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", VAR_DIR / "static")
#: Web fonts are cut from the packaged ones by `manage.py make_fonts`.
FONTS_DIR = VAR_DIR / "fonts"
FONTS_DIR.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static", ("fonts", FONTS_DIR)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
#: What is compressed already, and the source maps of third parties, which cost more than all the rest.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["jpg", "png", "webp", "gz", "br", "woff", "woff2", "map"]

# -- Security ----------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEVELOPMENT
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", not DEVELOPMENT)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 0 if DEVELOPMENT else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", not DEVELOPMENT)
# Preloading binds the whole domain of the authority, in every browser and for months: not ours to ask for.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
#: Only where a proxy that writes X-Forwarded-Proto and X-Forwarded-For is the sole way in.
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 25_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# -- Mail and logs -----------------------------------------------------------------------------------------------------
# A letter may hold a link that signs in: it goes to a log in development alone.
_mail = env.dj_email_url("EMAIL_URL", "console://" if DEVELOPMENT else "smtp://localhost:25")
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_BACKEND"], _mail["EMAIL_HOST"] or "", _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"] or "", _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
if not DEVELOPMENT and EMAIL_BACKEND.endswith("console.EmailBackend"):
    raise ImproperlyConfigured("EMAIL_URL : les courriels portent des liens secrets, qu’aucun journal ne doit garder.")
#: Seconds; without it a mail server that does not answer keeps the person waiting for ever.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "contratville@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"discreet": {"()": "contratville.discretion.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["discreet"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    # WeasyPrint and fontTools warn of every CSS property and font table that they pass over; robots ask for any host.
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

# -- Cache: pages of publications never change and are kept by digest --------------------------------------------------
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    }
}

# -- PDF: made once per version, in processes of their own ------------------------------------------------------------
#: How many are made at once; others wait their turn.
RENDER_LIMIT = env.int("RENDER_LIMIT", 2)
#: The most that one may take: seconds of processor (twice that of clock), megabytes of memory.
RENDER_SECONDS = env.int("RENDER_SECONDS", 120)
RENDER_MEMORY = env.int("RENDER_MEMORY", 1_500)
#: Whether a version's PDF is begun as it is published; whether PDFs are made where they are asked for, as in tests.
RENDER_ON_PUBLISH = env.bool("RENDER_ON_PUBLISH", not TESTING)
RENDER_IN_PROCESS = env.bool("RENDER_IN_PROCESS", TESTING)
#: What else the process that makes a PDF finds in its environment.
RENDER_ENVIRONMENT: dict[str, str] = {}

# -- API ---------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    # The first says how to sign in when a 401 asks for it.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.TokenAuthentication",
        "api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.errors.answer_error",
    "UNICODE_JSON": True,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    # « ?format= » is a parameter like another: unknown, hence refused.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "contratville",
    "DESCRIPTION": (
        "Les contrats de ville publiés : textes, objectifs, actions, clauses et indicateurs. "
        "Ce qui est public se lit sans compte ; les brouillons et les versions réservées aux membres se lisent, et les "
        "brouillons se modifient, avec un jeton (`Authorization: Token cv_…`) ou une session. "
        "Un paramètre inconnu, répété ou qui ne convient pas est refusé (400) ; les erreurs suivent la RFC 9457."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "LICENSE": {
        "name": "Licence Ouverte 2.0 (Etalab)",
        "url": "https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf",
    },
    "TAGS": [
        {"name": "Repères", "description": "Où tout se trouve."},
        {"name": "Contrats", "description": "Les contrats de ville."},
        {"name": "Publications", "description": "Les versions publiées, sans leur texte."},
        {"name": "Documents", "description": "Les textes figés, entiers, au format d’échange."},
        {"name": "Listes", "description": "Les textes en vigueur, à plat : une ligne par nœud, filtrée et paginée."},
        {"name": "Brouillons", "description": "Le texte en cours d’un contrat : lu, remplacé, publié par ses membres."},
        {"name": "Atelier", "description": "Le brouillon modifié pièce par pièce, ou par suites d’opérations."},
        {
            "name": "Mots du contrat",
            "description": "Dans le brouillon : l’en-tête, les niveaux, les étiquettes, les quartiers.",
        },
    ],
    "POSTPROCESSING_HOOKS": ["api.schema.add_shapes"],
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
}

# -- Who publishes this site: texts that the law asks for --------------------------------------------------------------
SITE = {
    "publisher": env.str("SITE_PUBLISHER", "") or "Collectivité non renseignée",
    "publisher_address": env.str("SITE_PUBLISHER_ADDRESS", ""),
    "director": env.str("SITE_DIRECTOR", ""),
    "contact": env.str("SITE_CONTACT", ""),
    "host": env.str("SITE_HOST", ""),
    # The name that printed addresses bear: the first that the site answers to; of a demonstration there is none.
    "domain": "" if DEVELOPMENT else next((name for name in ALLOWED_HOSTS if name[:1] not in ".*["), ""),
    "accessibility": env.str("SITE_ACCESSIBILITY", "") or "non conforme",
}
