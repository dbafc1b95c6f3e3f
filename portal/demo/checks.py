"""Refuse a server whose profile and hosts would open the demo's sign-in to the world."""

from django.conf import settings
from django.core.checks import CheckMessage, Critical, register
from django.urls import NoReverseMatch, reverse


@register()
def demo_stays_here(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """The demo answers on local hosts only, and its address exists in no other profile."""
    found: list[CheckMessage] = []
    if settings.IS_DEMO and not set(settings.ALLOWED_HOSTS) <= set(settings.LOCAL_HOSTS):
        found.append(Critical("The demo answers on local hosts only.", id="portal.E011"))
    if not settings.IS_DEMO and _has_address():
        found.append(Critical("The demo's sign-in exists outside the demo.", id="portal.E012"))
    return found


def _has_address() -> bool:
    try:
        return bool(reverse("demo"))
    except NoReverseMatch:
        return False
