"""An import, from the file to the people: previewed, confirmed or given up, forgotten."""

from accounts.families.actions.confirming import confirm_import
from accounts.families.actions.forgetting import forget_old_plans, give_up
from accounts.families.actions.previewing import note_failure, preview_import

__all__ = ["confirm_import", "forget_old_plans", "give_up", "note_failure", "preview_import"]
