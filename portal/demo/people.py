"""Who can be tried in the demo: those of DESIGN §8's keys who have something to do here yet."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class DemoPerson:
    """A made-up person: no address of theirs exists (RFC 2606, .invalid)."""

    key: str
    name: str
    what: str | Promise
    host_role: str = ""
    language: str = "fr"

    @property
    def username(self) -> str:
        return f"demo-{self.key}"

    @property
    def email(self) -> str:
        return f"{self.key}@demo.invalid"


PEOPLE = (
    DemoPerson("parent", "Amina Belkacem", _("A parent who has no school here yet.")),
    DemoPerson("parent-ar", "Youssef Haddad", _("The same, in Arabic."), language="ar"),
    DemoPerson(
        "curatrice",
        "Claire Fontaine",
        _("Writes the library's pages and reads others' again."),
        host_role="curator",
    ),
    DemoPerson(
        "curateur",
        "Marc Delorme",
        _("Does the same, and moderates for the host."),
        host_role="host_moderator",
    ),
    DemoPerson(
        "operatrice", "Odile Martin", _("Runs the server: health, people, roles."), host_role="operator"
    ),
)
BY_KEY = {person.key: person for person in PEOPLE}
