"""Which feature composes which kind of mail: a plain dictionary (RULES §6, Dispatch)."""

from accounts.assisted import mails as assisted
from accounts.invitations import mails as invitations
from accounts.outbox.messages import Composer
from accounts.people import mails as people
from accounts.register import mails as register
from accounts.rollover import mails as rollover
from accounts.schools import mails as schools

COMPOSERS: dict[str, Composer] = {
    **people.COMPOSERS,
    **schools.COMPOSERS,
    **invitations.COMPOSERS,
    **assisted.COMPOSERS,
    **register.COMPOSERS,
    **rollover.COMPOSERS,
}
