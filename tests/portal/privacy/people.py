"""A person who left traces everywhere, for tests of what is held, taken along and erased."""

import datetime
import time

from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.assisted.models import AssistedEntry
from accounts.audit.actions import record
from accounts.families.models import ImportPlan
from accounts.invitations.codes import make_code
from accounts.invitations.matching import match_of
from accounts.invitations.models import Invitation, MailToken, Slip
from accounts.outbox.actions import post
from accounts.people.actions import keep_text, set_email
from accounts.people.models import User
from accounts.register.actions import give
from accounts.rollover.models import NextClass
from accounts.schools.models import ParentList
from tests.factories import make_member, make_school

NAME = "Zénobie Quintefeuille"
ADDRESS = "zenobie.quintefeuille@famille.example"
USERNAME = "zenobie4731"


def prove(client) -> None:
    """Give the client's person a fresh proof, as the page of the proof does."""
    session = client.session
    session["fresh_proof"] = {"user": client.user.pk, "at": int(time.time())}
    session.save()


def make_zenobie() -> User:
    """A parent of CP A at jean-moulin, named in every table that can name somebody."""
    school = make_school()
    membership = make_member(school, USERNAME, "parent", display_name=NAME, email=None)
    user = membership.user
    set_email(user, ADDRESS)
    _invited(school, membership)
    _written_about(school, membership)
    association = ParentList.objects.create(school=school, name="FCPE Jean-Moulin", is_association=True)
    give(membership, association)
    NextClass.objects.create(membership=membership, old=school.rooms[0], classroom=school.rooms[1])
    keep_text(user, "/quelque-part/", [("texte", f"Bonjour, {NAME} vous écrit.")])
    Authenticator.objects.create(user=user, type="totp", data={"secret": "ABCDEF"})
    _mailed(user)
    _half_signed_in()
    return user


def _invited(school, membership) -> None:
    last, first = "Quintefeuille", "Zénobie"
    common = {"last_name": last, "first_name": first, "match": match_of(last, first), "email": ADDRESS}
    joined = Invitation.objects.create(school=school, membership=membership, state="joined", **common)
    code = make_code()
    expires = timezone.now() + datetime.timedelta(days=60)
    fields = {"selector": code.selector, "salt": code.salt, "verifier": code.verifier, "expires": expires}
    Slip.objects.create(invitation=joined, **fields)
    MailToken.objects.create(invitation=joined, digest="a" * 64, expires=expires)
    elsewhere = make_school("marie-curie", level="college")
    Invitation.objects.create(school=elsewhere, **common)
    adult = {"last_name": last, "first_name": first, "civility": "Mme", "email": ADDRESS, "classes": ["CP A"]}
    ImportPlan.objects.create(school=school, by=make_director(school), kind="onde", adults=[adult])


def make_director(school) -> User:
    return make_member(school, f"solange-{school.slug}", "director").user


def _written_about(school, membership) -> None:
    record("let_in", by=None, about=membership.user, school=school)
    AssistedEntry.objects.create(
        school=school, person=membership, kind="preference", basis="present", before={"email": ADDRESS}
    )
    LogEntry.objects.create(
        user=User.objects.get(username=f"solange-{school.slug}"),
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(membership.user.pk),
        object_repr=NAME,
        action_flag=CHANGE,
    )


def _mailed(user: User) -> None:
    post("let_in", "abcdefgh", person=user)
    post("invitation", "abcdefgh", address=ADDRESS.upper(), secret="jeton")
    DBTaskResult.objects.create(
        task_path="accounts.people.tasks.send_account_mail",
        args_kwargs={"args": ["sign_in_code", ADDRESS, {"code": "1234-5678"}, "fr"], "kwargs": {}},
        backend_name="default",
        queue_name="default",
    )


def _half_signed_in() -> None:
    """Somebody who typed the address at the sign-in page, and went no further."""
    session = SessionStore()
    session["account_login_code"] = {"email": ADDRESS}
    session.save()
