"""What is new in the groups, as a home shows it: things to answer, things to know, and one's groups."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext, ngettext

from accounts.schools.member import Member
from exchanges.groups.policy import can_see_groups
from exchanges.letter.whats_new import Item, SchoolNews
from portal.home.addresses import address
from portal.home.concern import Concern
from portal.home.moments import day_in_words


def to_answer(news: SchoolNews) -> Iterable[Concern]:
    """What waits for the person: first of all."""
    for item in news.answer:
        yield Concern(
            title=item.title, text=item.text, when=gettext("To answer"), url=item.url, label=item.label
        )


def to_know(news: SchoolNews, member: Member) -> Iterable[Concern]:
    """What the person was told, after all that waits."""
    for item in news.news:
        yield _new(item, member)


def fresh(news: SchoolNews, member: Member) -> Iterable[Concern]:
    """What is new by group, for the page that shows no list of groups."""
    for item in news.fresh:
        yield _new(item, member)


def own_groups(news: SchoolNews, member: Member) -> str:
    """The person's groups, those with something new first; "" where there is none to open."""
    if member.seen_as or not can_see_groups(member) or not news.groups:
        return ""
    rows = [
        {"label": group.name, "url": group.url, "fresh": _fresh_in_words(group.fresh)}
        for group in news.groups
    ]
    return render_to_string("portal/own_groups.html", {"rows": rows, "url": address("groups", member)})


def _new(item: Item, member: Member) -> Concern:
    day = item.at.astimezone(ZoneInfo(member.school.time_zone)).date() if item.at else None
    return Concern(
        title=item.title,
        lang=item.lang if item.lang != get_language() else "",
        text=item.text,
        when=day_in_words(day) if day else "",
        url=item.url,
        label=item.label,
        state="new",
        state_word=gettext("New"),
    )


def _fresh_in_words(count: int) -> str:
    words: Any = ngettext("%(count)d new", "%(count)d new ones", count)
    return words % {"count": count} if count else ""
