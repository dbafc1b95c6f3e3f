"""How many tries each act allows, by whom they are counted, in which time."""

from dataclasses import dataclass
from typing import Literal

MINUTE = 60
HOUR = 3600
DAY = 24 * HOUR


@dataclass(frozen=True)
class Limit:
    """At most `most` tries in `seconds`, per target (an account, a slip, a form's subject) or per address."""

    per: Literal["target", "address"]
    most: int
    seconds: int


# The target first, the address widely: a whole school leaves by one address.
LIMITS: dict[str, tuple[Limit, ...]] = {
    # A code asked for by mail, known address or not.
    "code_mail": (Limit("target", 5, HOUR), Limit("address", 200, HOUR)),
    # A code asked for by somebody signed in: a proof, a new address.
    "proof_mail": (Limit("target", 10, HOUR), Limit("address", 400, HOUR)),
    # Wrong passwords, by what was typed as the account's name.
    "password": (Limit("target", 10, 10 * MINUTE), Limit("address", 300, HOUR)),
    # Wrong codes typed, whatever sent them: mail, telephone application, paper.
    "code": (Limit("target", 20, HOUR), Limit("address", 300, HOUR)),
    # Wrong codes of slips, by address. Each slip counts its own five, on its row (DESIGN §9).
    "slip": (Limit("address", 30, HOUR),),
    # The same five where there is no living slip, so that both answer alike.
    "no_slip": (Limit("target", 5, DAY),),
    # People who come to the waiting list of a class by its code.
    "class_code": (Limit("target", 20, DAY),),
    # What a newcomer to a school writes on the first day, and the links and files in it (DESIGN §9).
    "new_topic": (Limit("target", 3, DAY),),
    "new_reply": (Limit("target", 10, DAY),),
    "new_link": (Limit("target", 2, DAY),),
    "new_file": (Limit("target", 1, DAY),),
    # Messages that one person reports; notices to the host, by e-mail address and by network (DSA, art. 16).
    "report": (Limit("target", 30, DAY),),
    "illegal_notice": (Limit("target", 10, DAY), Limit("address", 30, HOUR)),
    # Passkeys hold no secret that could be guessed: only floods are stopped.
    "passkey": (Limit("address", 600, HOUR),),
}
