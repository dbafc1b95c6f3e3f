"""Tell the host of a content that is against the law: open to anybody, signed in or not (DSA, article 16)."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from exchanges.moderation.actions import receive_notice
from exchanges.moderation.forms import NoticeForm
from exchanges.moderation.models import IllegalNotice
from foundation.limits.actions import take
from foundation.limits.address import client_address

ADDRESS = 500


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_illegal(request: HttpRequest) -> HttpResponse:
    """The form; its receipt is the same whatever the address, which tells nobody what exists here."""
    page = request.GET.get("page", "")[:ADDRESS]
    initial = {"address": request.build_absolute_uri(page)} if page.startswith("/") else {}
    form = NoticeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        take("illegal_notice", target=form.cleaned_data["email"], address=client_address(request))
        notice = receive_notice(form.values(get_language() or settings.LANGUAGE_CODE))
        return redirect("notice_received", notice.receipt)
    host = settings.HOST
    context = {
        "form": form,
        "email": host["report_email"] or host["email"],
        "post": host["address"],
    }
    return render(request, "exchanges/moderation/report_illegal.html", context)


@never_cache
@login_not_required
@require_safe
def notice_received(request: HttpRequest, receipt: str) -> HttpResponse:
    """The number of a notice, and what comes now."""
    notice = IllegalNotice.objects.filter(receipt=receipt).first()
    if notice is None:
        raise Http404
    context = {"receipt": notice.receipt, "is_answered": bool(notice.email)}
    return render(request, "exchanges/moderation/notice_received.html", context)
