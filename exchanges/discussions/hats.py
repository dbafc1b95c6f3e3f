"""Under which hat somebody speaks in a group: said by the site on each message."""

from accounts.schools.member import Member
from accounts.schools.models import Hat
from exchanges.groups.models import KINDS, Group

Kind = Hat.Kind
# Whoever has several of a circle's hats speaks under the first of these that the circle knows.
_ORDER = (Kind.DIRECTOR, Kind.INTERIM, Kind.ELECTED, Kind.TEACHER, Kind.DEPUTY, Kind.PARENT)


def hat_in(member: Member, group: Group) -> str:
    """Give the kind of hat under which `member` writes in `group`, "" if none of its circle is worn."""
    kinds = KINDS[group.circle]
    if group.classroom_id is not None:
        worn = {hat.kind for hat in member.hats if hat.classroom_id == group.classroom_id}
        of_class = [kind for kind in _ORDER if kind in kinds and kind in worn]
        if of_class:
            return str(of_class[0])
    found = [kind for kind in _ORDER if kind in kinds and member.wears(kind)]
    titles = [kind for kind in Hat.TITLES if member.wears(kind)]
    return str((found or titles or [""])[0])
