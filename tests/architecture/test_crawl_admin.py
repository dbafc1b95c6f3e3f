"""Every page of the admin that somebody may open: whole, private, within its budget, in French."""

import re

import pytest

from accounts.schools.staff import PUT_OFF
from foundation import pagecache
from foundation.calendar.models import HolidayPeriod
from portal.clock.models import ClockRun
from resources.catalogue.models import HelpNumber
from tests.architecture import crawl
from tests.architecture.crawl import visit
from tests.factories import person_with_role
from tests.portal.administration.addresses import every_address

pytestmark = pytest.mark.django_db
MAX_LIST = 12
MAX_FORM = 20


@pytest.fixture
def rows(small_library):
    HelpNumber.objects.create(number="3018", name="Violences en ligne", line="On peut appeler.")
    ClockRun.objects.create(name="publish what is due")
    HolidayPeriod.objects.create(zone="corse", name="Hiver", first="2027-02-13", last="2027-02-28")
    return small_library


@pytest.mark.parametrize("role", ["curator", "host_moderator", "operator"])
def test_every_page_of_the_admin_is_whole(rows, sign_in, role):
    client = sign_in(person_with_role("personne-du-siege", role))
    session = client.session
    session[PUT_OFF] = "9999-12-31"
    session.save()
    faults, seen = [], 0
    for path in every_address():
        client.get(path)  # what is read once a process is read
        answer = visit(client, path)
        if answer.response.status_code != 200 or not answer.response["Content-Type"].startswith("text/html"):
            continue
        seen += 1
        is_list = re.fullmatch(r"/admin/\w+/\w+/", path)
        if len(answer.queries) > (MAX_LIST if is_list else MAX_FORM):
            faults.append(f"{path}: {len(answer.queries)} queries")
        faults += [f"{path}: {fault}" for fault in crawl.header_faults(answer.response)]
        faults += [f"{path}: {fault}" for fault in crawl.html_faults(answer.text)]
        faults += [f"{path}: {words!r}" for words in crawl.untranslated(answer.text, "fr")]
        if answer.response["Cache-Control"] != "private, no-store":
            faults.append(f"{path}: {answer.response['Cache-Control']}")
    assert not faults, "\n".join(faults)
    assert seen > 5
    assert not pagecache.store._pages
