"""The ways into a school: a slip, the code of a class, an invitation by mail."""

from dataclasses import dataclass
from typing import cast

from django.utils import timezone

from accounts.invitations.actions.trying import refuse_ended
from accounts.invitations.errors import Expired, Used, Withdrawn
from accounts.invitations.models import ClassCode, Invitation, MailToken, Slip
from accounts.schools.models import Classroom, Hat, School

# Kinds that are shown among parents by first name and initial, unless their owner says otherwise.
BY_INITIAL = (Hat.Kind.PARENT, Hat.Kind.PROCHE)


@dataclass(frozen=True)
class Way:
    """One of the three; exactly one is set."""

    slip: Slip | None = None
    class_code: ClassCode | None = None
    token: MailToken | None = None

    @property
    def invitation(self) -> Invitation | None:
        if self.slip is not None:
            return self.slip.invitation
        return self.token.invitation if self.token is not None else None

    @property
    def school(self) -> School:
        if self.class_code is not None:
            return self.class_code.classroom.school
        return cast(Invitation, self.invitation).school

    @property
    def kind(self) -> str:
        return self.invitation.kind if self.invitation else Hat.Kind.PARENT

    @property
    def classrooms(self) -> list[Classroom]:
        if self.class_code is not None:
            return [self.class_code.classroom]
        rooms = cast(Invitation, self.invitation).classrooms.select_related("year")
        return list(rooms.order_by("position", "name", "pk"))

    @property
    def gives_back(self) -> bool:
        return self.slip is not None and self.slip.gives_back

    @property
    def proved_email(self) -> str:
        """The address that the token was mailed to: whoever holds it reads that box."""
        return self.token.invitation.email if self.token is not None else ""

    def refuse_ended(self) -> None:
        """Raise a CodeRefused unless this way still leads in."""
        code = self.slip or self.class_code
        if code is not None:
            refuse_ended(code)
        if self.token is not None:
            _refuse_ended_token(self.token)
        invitation = self.invitation
        if invitation is None or self.gives_back:
            return
        if invitation.state == Invitation.State.JOINED:
            raise Used(self.school, invitation)
        # An elected parent comes by a mandate, which no paper gives.
        if invitation.state != Invitation.State.WAITING or invitation.kind not in Invitation.KINDS:
            raise Withdrawn(self.school)


def full_name(invitation: Invitation) -> str:
    """ "Mme Amina H.": as a letter has it, the last name by its initial."""
    return " ".join(part for part in (invitation.civility, short_name(invitation)) if part)


def short_name(invitation: Invitation) -> str:
    """ "Amina H.", for those whom other parents will read; the whole name of the school's own people."""
    first, last = invitation.first_name, invitation.last_name
    if not first or not last or invitation.kind not in BY_INITIAL:
        return invitation.name
    return f"{first} {last[:1].upper()}."


def _refuse_ended_token(token: MailToken) -> None:
    if token.used is not None:
        raise Used(token.invitation.school, token.invitation)
    if token.expires <= timezone.now():
        raise Expired(token.invitation.school)
