"""Django settings: one file for laptop, server and tests; the environment carries what differs.

Environment: ``HUIYIN_HOME`` (data folder), ``PORT``, ``DATABASE_URL`` (application role),
``HUIYIN_SECRET_KEY``, ``HUIYIN_ALLOWED_HOSTS``, ``HUIYIN_PUBLIC_URL``, ``HUIYIN_DEMO`` (one-click sign-in).
"""

from __future__ import annotations

import os
from pathlib import Path

from huiyin.config.database import application_role, database_settings
from huiyin.config.home import home_folder, secret_key
from huiyin.config.messages import compile_messages

HOME = home_folder()
PORT = int(os.environ.get("PORT", "8000"))
SECRET_KEY = secret_key(HOME)
DEBUG = os.environ.get("HUIYIN_DEBUG") == "1"
DEMO = os.environ.get("HUIYIN_DEMO") == "1"
ALLOWED_HOSTS = os.environ.get("HUIYIN_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
PUBLIC_URL = os.environ.get("HUIYIN_PUBLIC_URL", f"http://127.0.0.1:{PORT}")

ROOMS = [
    "foundation",
    "documents",
    "organisation",
    "working_time",
    "promises",
    "imports",
    "customers",
    "contact_ledger",
    "channels",
    "spare_parts",
    "questionnaires",
    "knowledge",
    "cases",
    "devices",
    "web_chat",
    "field_service",
    "visits",
    "demand_forms",
    "promotions",
    "insights",
    "reports",
    "web",
    "api",
    "demo",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "django_htmx",
    "lucide",
    "ninja",
    "procrastinate.contrib.django",
    *(f"huiyin.{room}" for room in ROOMS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huiyin.web.csp.ContentPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "huiyin.organisation.middleware.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "huiyin.organisation.middleware.PersonMiddleware",
    "huiyin.foundation.middleware.RefusalMiddleware",
    "huiyin.foundation.middleware.PlainAddressMiddleware",
]
ROOT_URLCONF = "huiyin.config.urls"
WSGI_APPLICATION = "huiyin.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent.parent / "web" / "templates"],  # before allauth's own
        "OPTIONS": {
            "loaders": [
                (
                    "huiyin.web.quick.loader.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "huiyin.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "lucide.templatetags.lucide",
                "huiyin.web.templatetags.constants",
                "huiyin.foundation.templatetags.once",
                "huiyin.web.templatetags.ui",
                "huiyin.web.templatetags.figures",
                "huiyin.web.templatetags.fields",
            ],
        },
    }
]

FORM_RENDERER = "huiyin.web.drawn_fields.DrawnFields"

DATABASES = {"default": database_settings(HOME)}
TESTS_EMPTY_TABLES = os.environ.get("HUIYIN_TESTS_EMPTY_TABLES") == "1"
APPLICATION_ROLE = application_role()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "foundation_cache"},
}

AUTH_USER_MODEL = "organisation.Staff"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "huiyin.organisation.sign_in.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "huiyin.organisation.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

compile_messages()  # Chinese texts that changed since they were last compiled
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent.parent / room / "locale" for room in ROOMS]  # our words before a library's
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

PLAIN_STATIC = DEBUG or os.environ.get("HUIYIN_PLAIN_STATIC") == "1"  # straight from the source, as tests want it
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [path for path in [Path(__file__).parent.parent / "web" / "vendor"] if path.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PLAIN_STATIC
        else "huiyin.web.storage.MarkedFiles"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = PLAIN_STATIC
MEDIA_ROOT = HOME / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

API_REQUESTS_PER_MINUTE = int(os.environ.get("HUIYIN_API_REQUESTS_PER_MINUTE", "600"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("HUIYIN_LOG_LEVEL", "WARNING")},
}
