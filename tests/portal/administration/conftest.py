"""People at the admin's door: the second factor put off for a week, as its page allows."""

from collections.abc import Callable

import pytest


@pytest.fixture
def staff(sign_in: Callable) -> Callable:
    """`staff(user)` gives a client of that person, past the question of the second factor."""

    def make(user: object) -> object:
        from accounts.schools.staff import PUT_OFF

        client = sign_in(user)
        session = client.session
        session[PUT_OFF] = "9999-12-31"
        session.save()
        return client

    return make
