"""The page that a mail of answers leads to, for whoever wants fewer of them; without sign-in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from exchanges.discussions.actions import follow
from exchanges.discussions.leaving import read_token
from exchanges.groups.actions import silence


# Mail programs post here by themselves, without a cookie (RFC 8058): it stops mail and shows no title.
@csrf_exempt
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_choice(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then stop the mails of these discussions, or of their whole groups."""
    found = read_token(token)
    if found is None:
        raise Http404
    person, topics = found
    if request.method == "POST":
        for topic in topics:
            follow(topic, person, False)
        if request.POST.get("what") == "group":
            for group in {topic.group_id: topic.group for topic in topics}.values():
                silence(group, person, True)
    context = {"done": request.method == "POST", "group": request.POST.get("what") == "group"}
    return render(request, "exchanges/discussions/mail_choice.html", context)
