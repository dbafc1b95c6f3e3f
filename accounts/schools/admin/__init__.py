"""The school and its people in the admin, for those whose hats there open them."""

from accounts.schools.admin import holidays, papers, people, roles, schools

__all__ = ["holidays", "papers", "people", "roles", "schools"]
