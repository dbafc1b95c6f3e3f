"""What was decided about one person of the school, for its direction: by reason and day, never a text."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from accounts.audit.merged import keys_of
from accounts.people.requests import SignedInRequest
from accounts.schools.access import members_of
from accounts.schools.models import Membership
from exchanges.groups.models import Circle, Group
from exchanges.moderation import policy, words
from exchanges.moderation.admin.queue import admin_page
from exchanges.moderation.models import Decision
from exchanges.moderation.wording import moment_in_words

MOST = 100


@require_safe
def history(request: SignedInRequest, key: str) -> HttpResponse:
    """The decisions about somebody, newest first; what parents decided among themselves is not in it."""
    schools = [one.school.pk for one in members_of(request.user) if policy.can_read_history(one)]
    people = Membership.objects.filter(school__in=schools).select_related("user", "school")
    person = get_object_or_404(people, key=key)
    among_parents = Group.objects.of_school(person.school).filter(circle=Circle.PARENTS).values("key")
    rows = Decision.objects.of_school(person.school).filter(about__in=keys_of(person.user.key))
    rows = rows.exclude(Q(hat=Decision.As.FACILITATOR) & Q(group__in=among_parents))
    context = {
        "person": person.name,
        "rows": [
            {
                "what": capfirst(str(row.get_verb_display())),
                "why": words.why_in_words(row),
                "by": words.by_in_words(row),
                "when": moment_in_words(row.at, person.school),
            }
            for row in rows.order_by("-number")[:MOST]
        ],
    }
    step = (gettext("To moderate"), reverse("admin:moderation_queue"))
    return admin_page(request, "person", gettext("Decisions about somebody"), context, step)
