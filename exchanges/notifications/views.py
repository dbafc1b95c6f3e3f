"""« Ce que je reçois », the choices of one person; and the way to each thing they were told."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people.requests import SignedInRequest
from exchanges.notifications import actions
from exchanges.notifications.forms import PreferenceForm
from exchanges.notifications.models import Notice

CHOICES = ("rhythm", "paused_until", "simple_first")


@require_http_methods(["GET", "HEAD", "POST"])
def what_i_receive(request: SignedInRequest) -> HttpResponse:
    """Choose how often one is written to; paper and language stand on their own pages."""
    chosen = actions.preference_of(request.user)
    today = timezone.localdate()
    initial = {name: getattr(chosen, name) for name in CHOICES}
    if chosen.paused_until and chosen.paused_until <= today:
        initial["paused_until"] = None
    form = PreferenceForm(request.POST or None, initial=initial, today=today)
    if request.method == "POST" and form.is_valid():
        actions.choose(request.user, form.cleaned_data)
        messages.success(request, gettext("Your choice is saved."))
        return redirect("account_home")
    context = {"form": form, "email": request.user.email or ""}
    return render(request, "exchanges/notifications/what_i_receive.html", context)


@require_safe
def told(request: SignedInRequest, kind: str, obj: str) -> HttpResponse:
    """Lead to what the person was told of, which is no longer news; the page there asks its own policy."""
    notice = get_object_or_404(Notice, person=request.user, kind=kind, object=obj)
    actions.read_notice(request.user, kind, obj)
    return redirect(notice.address)
