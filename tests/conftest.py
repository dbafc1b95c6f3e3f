"""The ground of every test: its own data folder, mistakes made loud, memories emptied, people signed in."""

import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

# Before Django reads the settings: nothing of the developer's own portal is touched or believed.
for _name in (
    "SECRET_KEY ALLOWED_HOSTS SITE_URL EMAIL_URL DEFAULT_FROM_EMAIL TRUSTED_PROXIES REDIS_URL S3_BUCKET PORT"
    " TIME_ZONE PORTAL_TIMING PORTAL_PAGE_CACHE PORTAL_MAINTENANCE HOST_NAME HOST_EMAIL LOG_LEVEL"
).split():
    os.environ.pop(_name, None)
_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
_data = Path(os.environ["PORTAL_DATA"], _worker) if _worker else Path(tempfile.mkdtemp(prefix="preau-test-"))
os.environ["PORTAL_DATA"] = str(_data)
os.environ["PORTAL_PROFILE"] = "embedded"
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
# Playwright keeps an event loop running in the thread that asks the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

hypothesis.settings.register_profile("suite", derandomize=True, deadline=None, max_examples=60, database=None)
hypothesis.settings.register_profile(
    "fuzz",
    deadline=None,
    max_examples=3000,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


def pytest_configure(config: pytest.Config) -> None:
    """Bend the one settings module before Django is set up."""
    from django.conf import settings

    from tests.hunting import StrictString, shuffle_unordered

    (_data / "static").mkdir(parents=True, exist_ok=True)
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = StrictString()
    settings.STORAGES = {
        **settings.STORAGES,
        # Names as they stand in the tree; the hashed ones have a test of their own.
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    # No test has a clock beside it: its requests would start children.
    settings.PORTAL_CLOCK_CHILD = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if not os.environ.get("DATABASE_URL"):
        # A real file, so that the journal and the pragmas are those of a real portal.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(_data / "test.sqlite3")
    shuffle_unordered()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """On SQLite the database stands already, migrated: Django looks whether a migration is missing."""
    return django_db_keepdb or not os.environ.get("DATABASE_URL")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest, django_db_blocker: "object") -> None:
    from django.db import connection

    from tests import kept

    if not os.environ.get("DATABASE_URL"):
        kept.give_database(_data / "test.sqlite3")
        return
    # On PostgreSQL each worker has a database of its own name; on SQLite, a folder of its own.
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
    if os.environ.get("PORTAL_TEST_CLUSTER"):
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = kept.template()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _worker:
        shutil.rmtree(_data, ignore_errors=True)


# What stands on no engine of database: run once, on SQLite.
ANYWHERE = (
    *("foundation/html/", "foundation/uploads/", "architecture/test_catalogues.py"),
    *("architecture/test_contracts.py", "architecture/test_templates.py", "architecture/test_words.py"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
        if any(part in item.path.as_posix() for part in ANYWHERE):
            item.add_marker(pytest.mark.anywhere)
        if hasattr(getattr(item, "obj", None), "hypothesis"):
            item.add_marker(pytest.mark.property)
            _let_loose(item.obj)
        if item.get_closest_marker("browser") and not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason="no Chromium here (Debian: apt-get install chromium)"))


def _let_loose(test: Callable) -> None:
    """With `make fuzz` a test that names its own number of examples gets the profile's instead."""
    if hypothesis.settings.default is hypothesis.settings.get_profile("fuzz"):
        function = getattr(test, "__func__", test)
        own = getattr(function, "_hypothesis_internal_use_settings", None)
        most = hypothesis.settings.default.max_examples
        function._hypothesis_internal_use_settings = hypothesis.settings(own, max_examples=most)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """Where everything is installed (PORTAL_NO_SKIP=1), a browser test left out is a failure."""
    report = yield
    if report.skipped and os.environ.get("PORTAL_NO_SKIP") and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def _fresh_memories(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test begins in French, with nothing remembered from the one before."""
    from django.utils import translation
    from django_tasks.signals import clear_tasks_handlers

    from foundation import pagecache
    from foundation.search import vocabulary
    from resources.catalogue import snapshot
    from tests.hunting import seed_shuffler

    seed_shuffler(request.node.nodeid)
    # A backend of tasks that another test asked for is kept by django-tasks beyond it.
    clear_tasks_handlers(setting="TASKS")
    translation.deactivate()
    pagecache.forget()
    snapshot.forget()
    vocabulary._kept.clear()
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _empty_cache_rows(request: pytest.FixtureRequest) -> Iterator[None]:
    """The cache's table is no model: a test that commits leaves its rows unless they are removed."""
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction")
    if commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        from django.core.cache import cache
        from django.db import connection

        if "cache_rows" in connection.introspection.table_names():
            cache.clear()


# Texts to read -------------------------------------------------------------------------------------


@pytest.fixture
def small_library(db: None) -> "object":
    """A few published texts made for tests: see tests.factories.SmallLibrary."""
    from tests.factories import make_small_library

    return make_small_library()


@pytest.fixture(scope="module")
def library(django_db_setup: None, django_db_blocker: "object") -> Iterator[None]:
    """The starter library, loaded once a module and gone after it; not beside tests that commit."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import transaction

    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            call_command("load_library", str(settings.LIBRARY_DIR), verbosity=0, stdout=io.StringIO())
            with django_db_blocker.block():
                yield
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


# People ----------------------------------------------------------------------------------------------


@pytest.fixture
def sign_in(db: None) -> Callable:
    """`sign_in(user)` gives a client of its own for that person."""
    from django.test import Client

    def make(user: object) -> Client:
        client = Client()
        client.force_login(user)
        client.user = user
        return client

    return make


@pytest.fixture
def visitor() -> "object":
    from django.test import Client

    return Client()


@pytest.fixture
def parent(sign_in: Callable) -> "object":
    """A signed-in person whom the host gave no role, as parents are."""
    from tests.factories import UserFactory

    return sign_in(UserFactory(username="amina", display_name="Amina"))


@pytest.fixture
def curator(sign_in: Callable) -> "object":
    from tests.factories import person_with_role

    return sign_in(person_with_role("claire", "curator"))


@pytest.fixture
def second_curator(sign_in: Callable) -> "object":
    from tests.factories import person_with_role

    return sign_in(person_with_role("samir", "curator"))


@pytest.fixture
def host_moderator(sign_in: Callable) -> "object":
    from tests.factories import person_with_role

    return sign_in(person_with_role("marc", "host_moderator"))


@pytest.fixture
def operator(sign_in: Callable) -> "object":
    from tests.factories import person_with_role

    return sign_in(person_with_role("odile", "operator"))
