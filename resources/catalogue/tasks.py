"""Mails of the library, sent in the background."""

from django.conf import settings

from accounts.people.models import HostRole, User
from accounts.people.policy import CURATOR_ROLES
from foundation import mail
from foundation.retry import retried_task
from resources.catalogue.models import Resource


def tell_curators_of_reviews(resource_ids: list[int]) -> None:
    """Enqueue one mail a curator, in the caller's transaction."""
    roles = HostRole.objects.in_force().filter(role__in=CURATOR_ROLES, user__is_active=True)
    for user_id in roles.order_by("user_id").values_list("user_id", flat=True).distinct():
        mail_reviews.enqueue(user_id, resource_ids)


@retried_task()
def mail_reviews(user_id: int, resource_ids: list[int]) -> None:
    """Tell one curator which resources have passed their review date."""
    user = User.objects.filter(pk=user_id, is_active=True, email__isnull=False).first()
    resources = Resource.objects.published().filter(pk__in=resource_ids).order_by("review_by", "slug")
    rows = [
        {
            "title": resource.title,
            "url": f"{settings.SITE_URL}/admin/resources/resource/{resource.pk}/change/",
            "review_by": resource.review_by,
        }
        for resource in resources
    ]
    if user and user.email and rows:
        mail.send("review_reminder", user.email, {"rows": rows, "name": str(user)}, language=user.language)
