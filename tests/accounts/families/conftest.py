"""A school with two classes, its director, and the acts of an import as its pages do them."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.accounts.families.lists import as_bytes


@pytest.fixture
def school(db: None) -> "object":
    from tests.factories import make_school

    return make_school(classes=("CP A", "CE2"))


@pytest.fixture
def director(school: "object", sign_in: Callable) -> "object":
    """The director's client."""
    from tests.factories import make_member

    return sign_in(make_member(school, "helene", "director").user)


@pytest.fixture
def send(school: "object", director: "object") -> Callable:
    """Send a file, rows or bytes, and return the page that comes of it."""

    def act(
        content: object, name: str = "responsables.csv", who: str = "parent", **fields: object
    ) -> "object":
        data = content if isinstance(content, bytes) else as_bytes(content)
        upload = SimpleUploadedFile(name, data, content_type="text/csv")
        url = reverse("import_families", args=[school.slug])
        return director.post(url, {"list": upload, "who": who, **fields}, follow=True)

    return act


@pytest.fixture
def confirm(school: "object", director: "object") -> Callable:
    """Confirm the latest preview; all new classes are ticked unless `classes` says which."""

    def act(classes: object = None, **answers: str) -> "object":
        plan = latest_plan()
        ticked = list(plan.summary["new_classes"]) if classes is None else classes
        url = reverse("import_preview", args=[school.slug, plan.key])
        return director.post(url, {"classes": ticked, **answers}, follow=True)

    return act


@pytest.fixture
def awaited(school: "object") -> Callable:
    """{"First LAST": [classes]} of those awaited."""

    def read(kind: str = "parent") -> dict[str, list[str]]:
        from accounts.invitations.models import Invitation

        rows = Invitation.objects.of_school(school).filter(kind=kind).order_by("pk")
        return {row.name: sorted(room.name for room in row.classrooms.all()) for row in rows}

    return read


@pytest.fixture
def told(db: None) -> Callable:
    """The summary of the latest preview."""
    return lambda: latest_plan().summary


def latest_plan() -> "object":
    from accounts.families.models import ImportPlan

    return ImportPlan.objects.unscoped().latest("created")
