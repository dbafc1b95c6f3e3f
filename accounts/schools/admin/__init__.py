"""The school and its people in the admin, for those whose hats there open them."""

from accounts.schools.admin import papers, people, roles, schools

__all__ = ["papers", "people", "roles", "schools"]
