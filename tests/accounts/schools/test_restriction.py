"""A court decision: as if never linked, and no page, mail or list that could tell of it."""

import datetime
import re

import pytest
from django.core import mail
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.audit.words import in_words, told_to_the_person
from accounts.outbox.models import Delivery
from accounts.schools.actions import give_title, leave, lift_restriction, restrict
from accounts.schools.errors import NotOneself, NotTheDirection, OtherSchool
from accounts.schools.models import Restriction
from accounts.schools.privacy import forget_left
from portal.privacy.actions import erase_account
from tests.accounts.schools.reading import markup, words
from tests.factories import UserFactory, make_member, member
from tests.sending import send_now

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
WHERE = "armoire fermée, dossier 12"
PAGES = ("", "equipe/", "documents/", "membres/", "reglages/", "voir-comme/")
OUTSIDE = ("/", "/ecoles/", "/quoi-de-neuf/", "/bibliotheque/")


def decide(moulin, one, room=None, **fields):
    values = {"decided_on": datetime.date(2026, 11, 2), "reference": WHERE} | fields
    return restrict(one, by=moulin.director.user, classroom=room, **values)


def seen_by(client, moulin, *more: str) -> dict[str, tuple[int, str]]:
    pages = [moulin.url + page for page in PAGES] + list(OUTSIDE) + list(more)
    answers = {page: client.get(page) for page in pages}
    return {page: (answer.status_code, markup(answer)) for page, answer in answers.items()}


def test_ones_own_log_of_the_past_gets_no_line(moulin, sign_in):
    """Past acts stay readable in the account; the decision is none of them."""
    client = sign_in(moulin.paul.user)
    log = [line for line in words(client.get("/compte/")).splitlines() if "· Jean Moulin" in line]
    decide(moulin, moulin.paul)
    after = [line for line in words(client.get("/compte/")).splitlines() if "· Jean Moulin" in line]
    assert after == log


def test_the_other_parent_sees_the_same_before_and_after(moulin, sign_in):
    amina = sign_in(moulin.amina.user)
    before = seen_by(amina, moulin)
    decide(moulin, moulin.paul)
    assert seen_by(amina, moulin) == before


def test_restricted_from_the_school_one_sees_what_a_stranger_sees(moulin, sign_in):
    decide(moulin, moulin.paul)
    stranger = UserFactory(username="paula", display_name="Paula")
    seen = seen_by(sign_in(moulin.paul.user), moulin)
    as_stranger = seen_by(sign_in(stranger), moulin)
    for page, (status, text) in as_stranger.items():
        told = text.replace("paula", "paul").replace("Paula", "Paul")
        assert seen[page] == (status, told), page
    # The twin: it is not that everybody sees so little.
    assert seen[moulin.url] != seen_by(sign_in(moulin.amina.user), moulin)[moulin.url]


def test_restricted_from_a_class_one_sees_what_a_parent_of_the_other_alone_sees(moulin, sign_in):
    first, second = moulin.school.rooms
    paul = make_member(moulin.school, "marc", "parent", rooms=[first, second])
    single = make_member(moulin.school, "marca", "parent", rooms=[second])
    decide(moulin, paul, first)
    seen, as_other = (seen_by(sign_in(one.user), moulin) for one in (paul, single))
    for page, (status, text) in as_other.items():
        assert seen[page] == (status, text.replace("marca", "marc").replace("Marca", "Marc")), page
    assert member(paul).classes() == {second.pk}


def test_members_and_teachers_see_the_same_before_and_after(moulin, sign_in):
    decided = [f"{moulin.url}membres/{moulin.paul.key}/", f"{moulin.url}membres/?q=paul"]
    room = f"{moulin.url}membres/?classe={moulin.school.rooms[0].key}"
    clients = [sign_in(moulin.secretary.user), sign_in(moulin.teacher.user)]
    before = [seen_by(client, moulin, room, *decided) for client in clients]
    decide(moulin, moulin.paul)
    decide(moulin, moulin.paul, moulin.school.rooms[0])
    assert [seen_by(client, moulin, room, *decided) for client in clients] == before


def test_the_direction_alone_sees_it(moulin, sign_in):
    decide(moulin, moulin.paul)
    page = f"{moulin.url}membres/{moulin.paul.key}/"
    assert WHERE in words(sign_in(moulin.director.user).get(page))
    assert WHERE not in words(sign_in(moulin.secretary.user).get(page))


def test_it_is_told_to_nobody(moulin):
    decide(moulin, moulin.paul)
    assert not Delivery.objects.exists()
    send_now()
    assert mail.outbox == []
    entry = AuditEntry.objects.get(verb="restricted")
    assert WHERE not in str(entry.facts)


def test_the_page_records_it_and_takes_it_off(moulin, sign_in):
    client = sign_in(moulin.director.user)
    page = f"{moulin.url}membres/{moulin.paul.key}/"
    room = moulin.school.rooms[0]
    data = {"classroom": room.pk, "decided_on": "2026-11-02", "reference": WHERE, "until": ""}
    assert client.post(f"{page}decision/", data).status_code == 302
    assert member(moulin.paul) is None
    row = Restriction.objects.get(membership=moulin.paul)
    assert client.post(f"{page}decision-levee/", {"restriction": row.pk}).status_code == 302
    assert member(moulin.paul).classes() == {room.pk}


def test_the_whole_school_is_an_answer_like_a_class(moulin, sign_in):
    """Not « optional »: what is left as it stands closes the whole school. The last day is."""
    page = sign_in(moulin.director.user).get(f"{moulin.url}membres/{moulin.paul.key}/decision/")
    labels = dict(re.findall(r'<label for="id_(\w+)">(.*?)</label>', page.content.decode(), re.DOTALL))
    assert 'class="optional"' not in labels["classroom"] and 'class="optional"' in labels["until"]


def test_it_ends_the_day_after_its_last(moulin):
    decide(moulin, moulin.paul, until=moulin.school.today())
    assert member(moulin.paul) is None
    decide(moulin, moulin.paul, until=moulin.school.today() - DAY)
    assert member(moulin.paul) is not None


def test_of_two_decisions_the_longer_counts(moulin):
    decide(moulin, moulin.paul, until=moulin.school.today() - DAY)
    decide(moulin, moulin.paul, moulin.school.rooms[0])
    assert member(moulin.paul) is None


def test_a_mandate_goes_with_the_school(moulin, sign_in):
    decide(moulin, moulin.elected)
    assert member(moulin.elected) is None
    assert "Elsa" not in words(sign_in(moulin.amina.user).get(f"{moulin.url}equipe/"))


def test_nobody_restricts_the_director_themselves_or_elsewhere(moulin, curie):
    give_title(moulin.teacher, "interim", by=None, until=moulin.school.today() + DAY)
    fields = {"decided_on": datetime.date(2026, 11, 2), "reference": WHERE}
    with pytest.raises(NotTheDirection):
        restrict(moulin.director, by=moulin.teacher.user, classroom=None, **fields)
    with pytest.raises(NotOneself):
        restrict(moulin.teacher, by=moulin.teacher.user, classroom=None, **fields)
    with pytest.raises(OtherSchool):
        restrict(moulin.paul, by=moulin.director.user, classroom=curie.school.rooms[0], **fields)


@pytest.mark.parametrize("name", ["secretary", "teacher", "amina", "elected"])
def test_only_the_direction_records_one(moulin, sign_in, name):
    page = f"{moulin.url}membres/{moulin.paul.key}/decision/"
    data = {"classroom": "", "decided_on": "2026-11-02", "reference": WHERE}
    client = sign_in(getattr(moulin, name).user)
    assert client.get(page).status_code == client.post(page, data).status_code == 403
    assert member(moulin.paul) is not None


def test_a_way_back_in_brings_no_class_back(moulin):
    """A second slip, a rollover or a new file give hats: the decision still covers them."""
    from accounts.schools.actions import give_hat

    row = decide(moulin, moulin.paul)
    give_hat(moulin.paul, "parent", classroom=moulin.school.rooms[1])
    assert member(moulin.paul) is None
    lift_restriction(row, by=moulin.director.user)
    assert len(member(moulin.paul).classes()) == 2


@pytest.mark.usefixtures("no_second_factor")
@pytest.mark.parametrize("goes", ["erased", "forgotten"])
def test_a_decision_that_goes_with_an_account_leaves_the_direction_a_line(moulin, sign_in, goes):
    room, key, name = moulin.school.rooms[0], moulin.paul.user.key, moulin.paul.name
    decide(moulin, moulin.paul, room)
    decide(moulin, moulin.amina, until=moulin.school.today() - DAY)
    for one in (moulin.paul, moulin.amina):
        if goes == "erased":
            erase_account(one.user, keep_contributions=False)
        else:
            leave(one, by=None)
    forget_left(timezone.now() + 91 * DAY)
    entry = AuditEntry.objects.get(verb="restriction_gone_with_account")
    assert (entry.school, entry.about, entry.actor) == (moulin.school, key, "")
    assert entry.facts | {"row": ""} == {"row": "", "classroom": room.key, "decided_on": "2026-11-02"}
    client = sign_in(moulin.director.user)
    page = words(client.get("/admin/accounts/auditentry/"))
    assert in_words(entry.verb)[:30] in page and f"{room.name} · {key}" in page
    assert name not in words(client.get(f"/admin/accounts/auditentry/{entry.pk}/change/"))
    assert not told_to_the_person(entry.verb)
