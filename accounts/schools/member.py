"""One person in one school, as every rule sees them: what they are there today, and nothing else."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from accounts.schools.models import Hat, Mandate, Membership, School

Kind = Hat.Kind


@dataclass(frozen=True, eq=False)
class Member:
    """What a person is in `school` on `today`, its own date. Hats under a restriction are not loaded at all.

    `hats` are those of the current year and those without a class; `past_hats` those of another year's
    classes, which let one read what that class left and give no other right. `seen_as` members are made of
    no real person: the director looking at a page "as a parent of CP-A". They have no membership and may
    write nothing. `kept_away` ones are made of what they asked for by a class code: they read that they wait
    and cannot know that nobody will let them in; their membership has an id that no row has.
    """

    school: School
    membership: Membership | None
    hats: tuple[Hat, ...]
    today: datetime.date
    seen_as: bool = False
    past_hats: tuple[Hat, ...] = ()
    kept_away: bool = False

    def wears(self, *kinds: str) -> bool:
        """Whether one of these hats is worn today, by somebody who has been let in."""
        return not self.is_pending and any(hat.kind in kinds for hat in self.hats)

    def classes(self, *kinds: str) -> frozenset[int]:
        """Ids of the current year’s classes of these hats; without any, of parent, proche and teacher."""
        return self._classes_of(self.hats, kinds)

    def past_classes(self, *kinds: str) -> frozenset[int]:
        """Ids of the classes of another year, which their members still read."""
        return self._classes_of(self.past_hats, kinds)

    def _classes_of(self, hats: tuple[Hat, ...], kinds: tuple[str, ...]) -> frozenset[int]:
        wanted = kinds or Hat.IN_CLASS
        if self.is_pending:
            return frozenset()
        return frozenset(hat.classroom_id for hat in hats if hat.kind in wanted and hat.classroom_id)

    @property
    def is_pending(self) -> bool:
        """Came with a class code and waits to be let in."""
        return self.membership is not None and self.membership.state == Membership.State.PENDING

    @property
    def is_director(self) -> bool:
        return self.wears(Kind.DIRECTOR)

    @property
    def leads(self) -> bool:
        """The direction: the director, or the interim while there is one."""
        return self.wears(Kind.DIRECTOR, Kind.INTERIM)

    @property
    def is_staff(self) -> bool:
        """Whoever may open the admin for this school (DESIGN §6)."""
        return self.wears(*Hat.STAFF)

    @cached_property
    def rights(self) -> frozenset[str]:
        """Of `Hat.Right`: the director has them all, a title those it was given."""
        if self.is_director:
            return frozenset(Hat.Right.values)
        if self.is_pending:
            return frozenset()
        given = [hat.rights for hat in self.hats if hat.kind in Hat.TITLES]
        return frozenset(right for rights in given for right in rights if right in Hat.Right.values)

    @cached_property
    def opens_past(self) -> bool:
        """Whether groups and messages of before open: not for 72 hours after a paper printed again."""
        return self.membership is not None and self.membership.user.past_is_open(timezone.now())

    @cached_property
    def mandates(self) -> tuple[Mandate, ...]:
        """Mandates that run today; the list of each is loaded."""
        if self.is_pending:
            return ()
        return tuple(hat.mandate for hat in self.hats if hat.kind == Kind.ELECTED and hasattr(hat, "mandate"))

    def is_suspended(self, now: datetime.datetime | None = None) -> bool:
        until = self.membership.suspended_until if self.membership else None
        return until is not None and until > (now or timezone.now())
