"""The portal's settings plus bare views to compare with; BENCH_BARE=1 is Django alone, for the public one."""

import os

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
PORTAL_CLOCK_CHILD = False
PORTAL_TIMING = os.environ.get("BENCH_TIMING") == "1"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "tests" / "bench" / "templates")  # noqa: F405
if os.environ.get("BENCH_BARE") == "1":
    ROOT_URLCONF = "tests.bench.bare_urls"
    INSTALLED_APPS = [
        "resources",
        "accounts",
        "foundation",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "reversion",
    ]
    MIDDLEWARE = [
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
    ]
    TEMPLATES[0]["OPTIONS"]["context_processors"] = []  # noqa: F405
