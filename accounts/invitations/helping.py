"""Who, in a school, was appointed to help people come in."""

from accounts.schools.models import Hat, School


def helpers_of(school: School) -> list[str]:
    """Return the names of today's helpers, as the school knows them."""
    today = school.today()
    hats = Hat.objects.of_school(school).running(today).filter(kind=Hat.Kind.HELPER, since__lte=today)
    names = hats.filter(membership__state="active", until__gte=today).values_list(
        "membership__name", flat=True
    )
    return sorted(set(names))
