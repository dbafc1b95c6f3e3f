"""The portal's settings plus bare views to compare with; BENCH_BARE=1 leaves Security and Common middleware alone."""

import os

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
PORTAL_TIMING = os.environ.get("BENCH_TIMING") == "1"
if os.environ.get("BENCH_BARE") == "1":
    MIDDLEWARE = [
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
    ]
TEMPLATES[0]["DIRS"].append(BASE_DIR / "tests" / "bench" / "templates")  # noqa: F405
