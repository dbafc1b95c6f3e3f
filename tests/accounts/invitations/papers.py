"""Papers for tests, made by the school's own acts, and the screens of joining as people go through them."""

from accounts.invitations.actions.inviting import invite, make_class_code, make_slips
from accounts.invitations.actions.joining import accept
from accounts.invitations.models import ClassCode, Invitation, Slip
from accounts.invitations.ways import Way
from accounts.schools.models import Hat

ME = {"action": "me", "language": "fr"}


def awaited(school, last_name="Haddad", first_name="Amina", kind=Hat.Kind.PARENT, *, rooms=None, **fields):
    """Await somebody in the first class of `school`, unless `rooms` says otherwise."""
    if rooms is None:
        rooms = school.rooms[:1] if kind in Hat.IN_CLASS else []
    values = {"by": None, "civility": "Mme"} | fields
    return invite(school, last_name=last_name, first_name=first_name, kind=kind, classrooms=rooms, **values)


def slip_for(invitation: Invitation) -> str:
    """Return the code that stands on a new slip."""
    return make_slips([invitation], by=None)[0][1]


def class_code_of(room) -> str:
    return make_class_code(room, by=None)


def waiting_for(room, user):
    """Put `user` on the waiting list of `room`, as its class code does."""
    make_class_code(room, by=None)
    way = Way(class_code=ClassCode.objects.get(classroom=room, ended=None))
    return accept(way, user, user.display_name)


def slip_of(code: str) -> Slip:
    return Slip.objects.get(selector=code[:4])


def wrong(code: str) -> str:
    """The same four first characters, another end."""
    return code[:4] + ("000000" if code[4:] != "000000" else "111111")


def type_code(client, code: str, **headers):
    return client.post("/rejoindre/", {"code": code}, **headers)


def say_me(client, name: str = "Amina H.", **fields):
    return client.post("/rejoindre/vous/", ME | {"name": name} | fields)


def join_without_email(client, code: str, name: str = "Amina H."):
    """Go through the screens; return the last one."""
    type_code(client, code)
    say_me(client, name)
    return client.post("/rejoindre/email/", {"way": "none"}, follow=True)


def text(response) -> str:
    """What the page says, with plain spaces."""
    return " ".join(response.content.decode().replace("\u202f", " ").replace("\xa0", " ").split())
