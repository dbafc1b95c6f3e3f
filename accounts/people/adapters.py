"""Bend allauth where the design asks: no sign-up, codes without links, mail by our own door."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """One gets in by slip, class code, invitation or appointment (DESIGN §6)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
