"""Django's wiring for a workspace. Values come only from the environment (``environment``)."""

from __future__ import annotations

import secrets
from pathlib import Path

from bywhen.shell.settings import environment

WORKSPACE = environment.workspace()
WORKSPACE.mkdir(parents=True, exist_ok=True)


def _secret_key(folder: Path) -> str:
    """The key given by the environment, else the workspace's own, made on first use and readable by its owner only."""
    given = environment.text("BYWHEN_SECRET_KEY")
    if given:
        return given
    path = folder / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


SECRET_KEY = _secret_key(WORKSPACE)
DEBUG = environment.flag("BYWHEN_DEBUG")
ALLOWED_HOSTS = environment.words("BYWHEN_ALLOWED_HOSTS", "127.0.0.1,localhost")
ROOT_URLCONF = "bywhen.shell.urls"
WSGI_APPLICATION = "bywhen.shell.wsgi.application"
DATABASES = {"default": environment.database(WORKSPACE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "bywhen.platform.apps.PlatformConfig",
    "bywhen.record.apps.RecordConfig",
    "bywhen.loops.apps.LoopsConfig",
    "bywhen.schedule.apps.ScheduleConfig",
    "bywhen.meetings.apps.MeetingsConfig",
    "bywhen.registers.apps.RegistersConfig",
    "bywhen.finance.apps.FinanceConfig",
    "bywhen.followup.apps.FollowupConfig",
    "bywhen.reports.apps.ReportsConfig",
    "bywhen.week.apps.WeekConfig",
    "bywhen.shell.apps.ShellConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bywhen.platform.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bywhen.platform.middleware.acting_person",
    "bywhen.platform.middleware.problem_sentences",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bywhen.shell.context.page_frame",
            ],
        },
    },
]

SMTP_URL = environment.text("BYWHEN_SMTP_URL")
MAIL_FROM = environment.text("BYWHEN_MAIL_FROM", "ByWhen <bywhen@localhost>")
IMAP_URL = environment.text("BYWHEN_IMAP_URL")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = environment.text("BYWHEN_TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).resolve().parents[1] / "static"]
WHITENOISE_USE_FINDERS = True
LOGIN_URL = "/enter/"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
