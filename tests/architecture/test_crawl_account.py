"""Every page of the account, signed out and in: whole, private, cheap, in French and in Arabic."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.people.proof import record_proof
from foundation import pagecache
from tests.accounts.people_of_tests import application_person, email_person, paper_person
from tests.architecture import crawl
from tests.architecture.crawl import visit

pytestmark = pytest.mark.django_db
NAMES = sorted(
    pattern.name
    for route, pattern in crawl.routes()
    if route.startswith("compte/") and pattern.name and not pattern.pattern.converters
)
# Answers that are no page: a file to keep, an act, or what a script reads.
NO_PAGE = {"mfa_download_recovery_codes", "account_end_everywhere", "account_logout"}


def whole(client, path, language, most=crawl.MAX_QUERIES_SIGNED_IN):
    """Open `path` as a page; return whether it was one."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = visit(client, path)
    # 404: what this person has not, a factor to remove.
    assert answer.response.status_code in {200, 302, 404, 405}, path
    if answer.response.status_code != 200 or not answer.response["Content-Type"].startswith("text/html"):
        return False
    assert not crawl.header_faults(answer.response), path
    assert not crawl.html_faults(answer.text), path
    assert not crawl.untranslated(answer.text, language), path
    if answer.response.wsgi_request.user.is_authenticated:
        assert answer.response["Cache-Control"] == "private, no-store", path
    assert crawl.weight(answer.response) <= crawl.MAX_HTML, path
    assert len(answer.queries) <= most, answer.queries
    return True


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_the_account_is_whole_for_a_visitor(visitor, name, language):
    whole(visitor, reverse(name), language)
    assert not pagecache.store._pages


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("make", [email_person, paper_person, application_person])
def test_the_pages_of_the_account_are_whole_for_each_kind_of_person(sign_in, make, language):
    person = make()
    client = sign_in(person)
    session = client.session
    record_proof(SimpleNamespace(session=session, user=person))
    session.save()
    # The first visit of a session is noted, which is a write.
    client.get("/compte/")
    seen = [name for name in NAMES if name not in NO_PAGE and whole(client, reverse(name), language)]
    assert {"account_home", "account_name", "account_email", "mfa_index", "usersessions_list"} <= set(seen)
    assert not pagecache.store._pages
    assert not pagecache.holed._pages


def test_a_private_page_is_kept_by_no_cache(parent):
    answer = parent.get("/compte/")
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers
