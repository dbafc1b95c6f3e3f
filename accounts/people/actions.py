"""What happens to a person's own account."""

import datetime
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit.actions import record
from accounts.people.models import HostRole, KeptText, User
from accounts.people.names import clean_name

KEPT_AT_MOST = 5
KEPT_CHARACTERS = 200_000


class EmailTaken(Exception):
    """Another account already has this address."""


class AccountClosed(Exception):
    """The account of this person is closed: nothing is given to it."""


@transaction.atomic
def rename(user: User, *, display_name: str, language: str) -> None:
    """Change how a person is called here, and the language of their mails. Raises ValidationError."""
    kept = User.objects.filter(pk=user.pk).values_list("display_name", flat=True).first()
    user.display_name = display_name if display_name == kept else clean_name(display_name)
    user.language = language
    user.clean()
    user.save(update_fields=["display_name", "language", "email"])


@transaction.atomic
def set_email(user: User, email: str) -> None:
    """Make `email`, which the person proved to read, the one address of their account; raise EmailTaken."""
    email = email.lower()
    try:
        with transaction.atomic():
            EmailAddress.objects.filter(user=user).delete()
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
            user.email = email
            user.save(update_fields=["email"])
    except IntegrityError as error:
        user.refresh_from_db(fields=["email"])
        raise EmailTaken from error


def verified_email(user: User) -> str:
    """Return the address the person proved to read, or ""."""
    rows = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk")
    return rows.values_list("email", flat=True).first() or ""


@transaction.atomic
def end_sessions(user: User) -> None:
    """Sign the person out everywhere."""
    for session in UserSession.objects.filter(user=user):
        session.end()


@transaction.atomic
def keep_text(
    user: User, path: str, fields: Iterable[tuple[str, str]], *, had_files: bool = False
) -> KeptText | None:
    """Keep a form that could not be sent, for an hour; too large a one is not kept (None)."""
    pairs = [[name, value] for name, value in fields]
    if len(path) > 500 or sum(len(name) + len(value) for name, value in pairs) > KEPT_CHARACTERS:
        return None
    older = KeptText.objects.filter(user=user).values_list("pk", flat=True)[KEPT_AT_MOST - 1 :]
    KeptText.objects.filter(pk__in=list(older)).delete()
    return KeptText.objects.create(user=user, path=path, fields=pairs, had_files=had_files)


def forget_kept_texts(user: User) -> None:
    KeptText.objects.filter(user=user).delete()


def forget_old_kept_texts(now: datetime.datetime | None = None) -> None:
    """Delete what nobody came back for within the hour."""
    KeptText.objects.filter(created__lte=(now or timezone.now()) - KeptText.LIFE).delete()


@transaction.atomic
def appoint(name: str, role: str, *, email: str, until: datetime.date | None = None) -> tuple[User, bool]:
    """Give a role of the host to whoever has this address; return the person, and whether they are new.

    Whoever appoints answers for the address: sign-in codes go there. A role given again takes the new date.
    Raises AccountClosed, ValidationError.
    """
    email = email.strip().lower()
    user = User.objects.filter(email=email).first()
    if user is not None and not user.is_active:
        raise AccountClosed
    made = user is None
    if user is None:
        name = clean_name(name)
        user = User(username=User.objects.free_username(name), display_name=name)
        user.clean()
        user.set_unusable_password()
        user.save()
        set_email(user, email)
    HostRole.objects.update_or_create(user=user, role=role, defaults={"until": until})
    return user, made


@transaction.atomic
def remove_email(user: User, password: str) -> None:
    """Take the address away altogether: from now on one signs in by user name and `password`."""
    EmailAddress.objects.filter(user=user).delete()
    user.email = None
    user.past_by_email = False
    user.prefers_paper = True
    user.set_password(password)
    user.save(update_fields=["email", "past_by_email", "prefers_paper", "password"])
    record("email_removed", by=user, about=user)


@transaction.atomic
def choose_channel(user: User, *, paper: bool) -> None:
    """Keep whether news comes on paper too, or by mail alone."""
    user.prefers_paper = paper
    user.save(update_fields=["prefers_paper"])


@transaction.atomic
def open_past(user: User) -> None:
    """Open what a new paper had shut, at the second proof of its owner."""
    user.past_opens = None
    user.past_by_email = False
    user.save(update_fields=["past_opens", "past_by_email"])
    record("past_opened", by=user, about=user)
