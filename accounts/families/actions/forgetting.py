"""What was previewed is kept an hour at most."""

import datetime

from accounts.families.models import ImportPlan


def give_up(plan: ImportPlan) -> None:
    """Forget a preview at once."""
    ImportPlan.objects.of_school(plan.school).filter(pk=plan.pk).delete()


def forget_old_plans(now: datetime.datetime) -> int:
    """Delete the previews that nobody confirmed within the hour; return how many. For the clock."""
    return ImportPlan.objects.unscoped().filter(created__lte=now - ImportPlan.LIFE).delete()[0]
