"""What happens to a school and its people."""

from accounts.schools.actions.classes import (
    add_classrooms,
    move_classroom,
    remove_classroom,
    rename_classroom,
)
from accounts.schools.actions.hats import end_hat, give_hat, give_title, set_teachers_classes
from accounts.schools.actions.mandates import give_mandate
from accounts.schools.actions.members import join, leave, rename_member, wait_at_the_door
from accounts.schools.actions.opening import add_classroom, create_school, open_school, start_year
from accounts.schools.actions.standing import lift_restriction, lift_suspension, restrict, suspend

__all__ = [
    "add_classroom",
    "add_classrooms",
    "create_school",
    "end_hat",
    "give_hat",
    "give_mandate",
    "give_title",
    "join",
    "leave",
    "lift_restriction",
    "lift_suspension",
    "move_classroom",
    "open_school",
    "remove_classroom",
    "rename_classroom",
    "rename_member",
    "restrict",
    "set_teachers_classes",
    "start_year",
    "suspend",
    "wait_at_the_door",
]
