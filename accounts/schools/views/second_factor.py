"""The page that asks staff for a second factor."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.people.requests import SignedInRequest, next_address
from accounts.schools.staff import PUT_OFF, factor_deadline, may_put_off, put_off_until


@never_cache
def second_factor(request: SignedInRequest) -> HttpResponse:
    """Ask staff for a second factor; until day 7 of the role it may wait for another day."""
    later = may_put_off(request.user, timezone.localdate())
    if request.method == "POST" and later:
        request.session[PUT_OFF] = put_off_until(request.user)
        return HttpResponseRedirect(next_address(request))
    context = {"later": later, "deadline": factor_deadline(request.user), "next": next_address(request)}
    return render(request, "account/second_factor.html", context)
