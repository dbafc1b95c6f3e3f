"""What is held of a person's words in discussions: read, taken along; left, or taken away with them."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.people.models import User
from accounts.schools.access import members_of
from exchanges.discussions import policy
from exchanges.discussions.actions import attaching
from exchanges.discussions.actions.names import own_of
from exchanges.discussions.actions.states import end
from exchanges.discussions.models import Follow, Post, Thanks

SHORT = 120
MOST_LISTED = 50


def held(user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    """The latest messages; those without a name are said to be so, to their author alone."""
    rows = [
        (date_format(timezone.localtime(post.created), "j F Y"), f"{post.topic.title} : {post.text[:SHORT]}")
        for post in _posts(user)[:MOST_LISTED]
    ]
    return [(gettext("My messages"), rows)] if rows else []


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    """Every message with its discussion; whom one thanked; what one follows."""
    group, title, text = gettext("group"), gettext("discussion"), gettext("message")
    written, unnamed, state = gettext("written on"), gettext("without my name"), gettext("state")
    posts = [
        {
            group: post.topic.group.name,
            title: post.topic.title,
            text: post.text,
            written: post.created.isoformat(),
            unnamed: gettext("yes") if post.is_anonymous else gettext("no"),
            state: str(post.get_state_display()),
        }
        for post in _posts(user)
    ]
    here = _here(user)
    thanks = Thanks.objects.filter(person__in=here).select_related("post__topic").order_by("at", "pk")
    follows = Follow.objects.filter(person__in=here, is_on=True).select_related("topic").order_by("pk")
    return {
        gettext("my messages"): posts,
        gettext("thanks I said"): [
            {title: row.post.topic.shown_title, gettext("told on"): row.at.isoformat()} for row in thanks
        ],
        gettext("discussions I follow"): [{title: row.topic.shown_title} for row in follows],
    }


def erase(user: User, *, keep_contributions: bool) -> None:
    """Messages stay without a name, or go and leave a line, as the person chose.

    What nobody has read goes in any case. What was asked without a name stays: the link to its author goes
    with the account (RULES §2).
    """
    mine = Post.objects.filter(author__user=user).select_related("topic__group__school")
    for post in mine.filter(number__isnull=True):
        attaching.remove_of(post)
        post.delete()
    if not keep_contributions:
        before = [state for state in Post.State.values if state not in policy.GONE]
        for post in mine.filter(number__isnull=False, state__in=before):
            end(post, before, Post.State.ERASED)
    for membership in user.memberships.all():
        if not keep_contributions:
            attaching.remove_of_removed(membership)
        attaching.remove_unsent(membership)


def _posts(user: User) -> list[Post]:
    unnamed = [pk for member in _here(user) for pk in own_of(member)]
    rows = Post.objects.filter(Q(author__in=_here(user)) | Q(pk__in=unnamed))
    return list(rows.unscoped().select_related("topic__group").order_by("-created", "-pk"))


def _here(user: User) -> list[Any]:
    return [member.membership for member in members_of(user) if member.membership is not None]
