"""What a restore shuts, inside its transaction: an old copy must send nothing and let nobody in by a link."""

from allauth.account.models import EmailConfirmation
from django.utils import timezone

from accounts.invitations.models import ClassCode, MailToken, Slip
from accounts.outbox.actions import switch_sending
from accounts.outbox.models import Delivery, Dispatch


def shut() -> None:
    """Switch sending off; drop what waited to leave, links by mail, class codes and ways back in.

    Slips that let somebody in for the first time stay: families hold the papers. Those printed after the
    backup are not in it, and are printed again. A slip that opens an account (`gives_back`) may have been
    cancelled since: it ends.
    """
    switch_sending(False)
    Delivery.objects.filter(state__in=[Delivery.State.DUE, Delivery.State.CLAIMED]).delete()
    Delivery.objects.exclude(secret="").update(secret="")
    Dispatch.objects.filter(expanded__isnull=True).delete()
    MailToken.objects.all().delete()
    EmailConfirmation.objects.all().delete()
    ClassCode.objects.all().delete()
    Slip.objects.filter(gives_back=True, ended__isnull=True).update(
        ended=timezone.now(), how=Slip.End.CANCELLED
    )
