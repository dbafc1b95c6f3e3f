"""Who may do what in the library; pure questions about a person and a text."""

from accounts.people import policy as people
from accounts.people.policy import Person
from resources.catalogue.models import EditableText, Status


def can_read(person: Person, text: EditableText) -> bool:
    """The library is public; what is not published is read by curators."""
    return text.status == Status.PUBLISHED or people.is_curator(person)


def can_edit(person: Person) -> bool:
    return people.is_curator(person)


def can_submit(person: Person, text: EditableText) -> bool:
    """A draft, or changes to a published text, that nobody sent yet."""
    waiting = text.status == Status.DRAFT or (text.status == Status.PUBLISHED and text.pending is not None)
    return people.is_curator(person) and waiting and text.in_review_since is None


def can_decide(person: Person, text: EditableText) -> bool:
    """Accept or send back: a text in review that this person did not write last."""
    return (
        people.is_curator(person)
        and text.in_review_since is not None
        and text.last_author_id != getattr(person, "pk", None)
    )


def can_archive(person: Person, text: EditableText) -> bool:
    return people.is_curator(person) and text.status == Status.PUBLISHED


def can_delete(person: Person, text: EditableText) -> bool:
    """What was once public is archived before it is deleted."""
    return people.is_curator(person) and text.status != Status.PUBLISHED
