"""What happens to a school and its people."""

from accounts.schools.actions.hats import end_hat, give_hat, give_mandate
from accounts.schools.actions.members import join, leave
from accounts.schools.actions.opening import add_classroom, create_school, open_school, start_year

__all__ = [
    "add_classroom",
    "create_school",
    "end_hat",
    "give_hat",
    "give_mandate",
    "join",
    "leave",
    "open_school",
    "start_year",
]
