"""What the pages of a school have in common: the way back, and where in the school one is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.schools.member import Member
from accounts.schools.models import School


def crumbs(school: School, *steps: tuple[str, str]) -> list[dict[str, str]]:
    """From the school's home to this page; a step is (label, address), the last without address."""
    home = {"label": school.name, "url": school.get_absolute_url()}
    return [home, *({"label": label, "url": url} for label, url in steps)]


def page(
    request: HttpRequest, member: Member, name: str, context: dict[str, Any], *steps: tuple[str, str]
) -> HttpResponse:
    """Render templates/accounts/schools/<name>.html for one school."""
    shared = {"school": member.school, "member": member, "crumbs": crumbs(member.school, *steps)}
    return render(request, f"accounts/schools/{name}.html", shared | context)
