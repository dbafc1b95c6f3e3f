"""What the writer of a text must know before the first field: sent back and why, waiting, to be checked."""

from typing import Any

from django.utils.translation import gettext

from accounts.people.requests import SignedInRequest
from resources.catalogue import policy
from resources.catalogue.admin.addresses import address
from resources.catalogue.anytext import Text
from resources.catalogue.fields import digest_of
from resources.catalogue.models import Status, Variant
from resources.catalogue.states import moment_in_words
from resources.catalogue.words import day_in_words


def notices_of(request: SignedInRequest, text: Text) -> list[dict[str, Any]]:
    """Give [{name, text, state, quote?, posts: [{label, url}]}] in order of urgency."""
    if not text.pk:
        return []
    found = [_sent_back(text), _waiting(request, text), _accepted(text), _pending(text), _to_check(text)]
    found += [_archived(text), _behind(text)]
    return [notice for notice in found if notice]


def _sent_back(text: Text) -> dict[str, Any] | None:
    if not text.refusal:
        return None
    by = text.reviewer or gettext("another curator")
    return {
        "name": gettext("Sent back"),
        "state": "alert",
        "text": gettext("%(name)s read it and asks you to correct this:") % {"name": by},
        "quote": text.refusal,
    }


def _waiting(request: SignedInRequest, text: Text) -> dict[str, Any] | None:
    if text.in_review_since is None or text.publish_at is not None:
        return None
    since = moment_in_words(text.in_review_since)
    if policy.can_decide(request.user, text):
        said = gettext("Sent for review on %(when)s. You may decide.") % {"when": since}
        return {
            "name": gettext("To review"),
            "state": "new",
            "text": said,
            "link": {"label": gettext("Read and decide"), "url": address(text, "review")},
        }
    said = gettext("Sent for review on %(when)s. You wrote it: another curator decides.")
    return {"name": gettext("To review"), "state": "new", "text": said % {"when": since}}


def _accepted(text: Text) -> dict[str, Any] | None:
    if text.publish_at is None:
        return None
    said = gettext("Accepted: it is published by itself on %(when)s. Saving takes it back.")
    return {
        "name": gettext("Accepted"),
        "state": "done",
        "text": said % {"when": moment_in_words(text.publish_at)},
        "posts": [{"label": gettext("Cancel this publication"), "url": address(text, "cancel")}],
    }


def _pending(text: Text) -> dict[str, Any] | None:
    if text.pending is None or text.in_review_since is not None:
        return None
    return {
        "name": gettext("To know"),
        "state": "new",
        "text": gettext("The site shows the former words. Send these for review, so that they replace them."),
        "posts": [{"label": gettext("Send for review"), "url": address(text, "submit")}],
    }


def _to_check(text: Text) -> dict[str, Any] | None:
    if text.review_by is None or not (text.is_public and text.needs_review):
        return None
    said = gettext("It was to be reviewed by %(day)s. The page says so to its readers.")
    return {
        "name": gettext("To be checked"),
        "state": "alert",
        "text": said % {"day": day_in_words(text.review_by)},
        "link": {"label": gettext("I read it again: nothing to change"), "url": address(text, "keep")},
    }


def _archived(text: Text) -> dict[str, Any] | None:
    if text.status != Status.ARCHIVED:
        return None
    return {
        "name": gettext("Archived"),
        "state": "",
        "text": gettext("Nobody reads it on the site any more; its address says so."),
        "posts": [{"label": gettext("Reopen as a draft"), "url": address(text, "reopen")}],
    }


def _behind(text: Text) -> dict[str, Any] | None:
    """A version whose full text changed since it was written."""
    if not isinstance(text, Variant) or text.source_digest in ("", digest_of(text.resource)):
        return None
    said = gettext("The full text changed after this version: compare, correct, and have it read again.")
    return {"name": gettext("To update"), "state": "alert", "text": said}
