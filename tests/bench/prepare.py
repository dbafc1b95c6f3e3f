"""Fill the data folder of the environment: `python -m tests.bench.prepare COUNT`.

Prints three session keys: of somebody without a school, of a parent, of a director.
"""

import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from accounts.people.models import User  # noqa: E402
from accounts.schools.models import Membership, School  # noqa: E402
from tests.bench.exchanges import fill_groups  # noqa: E402
from tests.bench.school import SLUG, fill_school  # noqa: E402
from tests.bench.search_corpus import fill_library  # noqa: E402


def session_of(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


count = int(sys.argv[1])
fill_library(count)
nobody = User.objects.create_user("banc", display_name="Banc", email="banc@famille.example")
# 2,000 members where there are 10,000 resources (DESIGN §10).
people = (nobody, *fill_school(count // 5))
school = School.objects.get(slug=SLUG)
parents = Membership.objects.of_school(school).filter(user__username__startswith="parent")
fill_groups([Membership.objects.get(user=people[1]), *parents.select_related("school").order_by("pk")])
print(*(session_of(person) for person in people))
