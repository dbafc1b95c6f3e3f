"""The request of somebody signed in, for views that no visitor reaches."""

from django.http import HttpRequest

from accounts.people.models import User


class SignedInRequest(HttpRequest):
    """A type only: the demand to sign in has been met before the view."""

    user: User
