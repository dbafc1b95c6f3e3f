"""Two tabs of one browser on their way in: neither acts for the other's paper, none is left without words."""

import re

import pytest
from django.test import Client

from accounts.invitations.errors import TooLate, Used
from accounts.invitations.models import Invitation
from accounts.people.models import User
from accounts.schools.models import Hat, Membership
from tests.accounts.invitations.papers import (
    ME,
    awaited,
    class_code_of,
    join_without_email,
    slip_for,
    slip_of,
    text,
)
from tests.accounts.people_of_tests import code_of_last_mail
from tests.factories import make_school
from tests.sending import send_now

pytestmark = pytest.mark.django_db
WHO, EMAIL, CODE = "/rejoindre/vous/", "/rejoindre/email/", "/rejoindre/email/code/"
NONE = {"way": "none"}


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def browser(settings):
    """A browser whose forms need their token, as everywhere but in tests."""
    settings.SITE_URL = "http://testserver"
    return Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})


class Tab:
    """One tab: it knows the forms of the page it shows, whatever the browser did since."""

    def __init__(self, browser, code=""):
        self.browser = browser
        self.see("/rejoindre/")
        if code:
            self.send("/rejoindre/", code=code)

    def see(self, address):
        return self._keep(self.browser.get(address, follow=True))

    def send(self, address, **fields):
        return self._keep(self.browser.post(address, self.hidden | fields, follow=True))

    def _keep(self, page):
        self.page, self.text = page, text(page)
        main = page.content.decode().partition("<main")[2]
        self.hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main))
        return self


def test_each_tab_goes_on_with_its_own_paper(school, browser):
    mine, theirs = slip_for(awaited(school)), slip_for(awaited(school, "Benali", "Karim"))
    first = Tab(browser, mine)
    second = Tab(browser, theirs)
    first.send(WHO, **ME, name="Amina H.")
    assert "Amina H." in first.text and "Karim" not in first.text
    first.send(EMAIL, **NONE)
    amina = Membership.objects.of_school(school).get(name="Amina H.")
    assert amina.user.username in first.text
    assert (slip_of(mine).how, slip_of(theirs).how) == ("used", "")
    # Signing in has renewed the token of the second tab's form: it is asked who that paper is for.
    second.send(WHO, **ME, name="Karim B.")
    assert "Karim B." in second.text and "Amina" in second.text and not slip_of(theirs).ended
    second.send(WHO, action="other")
    second.send(WHO, **ME, name="Karim B.")
    second.send(EMAIL, **NONE)
    assert {member.name for member in Membership.objects.of_school(school)} == {"Amina H.", "Karim B."}


def test_not_for_me_takes_back_the_paper_of_its_own_tab(school, browser):
    mine, theirs = slip_for(awaited(school)), slip_for(awaited(school, "Benali", "Karim"))
    first = Tab(browser, mine)
    second = Tab(browser, theirs)
    first.send(WHO, action="not_me")
    second.see(WHO)
    first.send(WHO, action="not_me_sure")
    assert (slip_of(mine).how, slip_of(theirs).how) == ("refused", "")


def test_two_papers_of_one_account_are_both_added(school, browser):
    Tab(browser, slip_for(awaited(school))).send(WHO, **ME, name="Amina H.").send(EMAIL, **NONE)
    papers = [slip_for(awaited(school, f"Haddad {room.name}", rooms=[room])) for room in school.rooms]
    tabs = [Tab(browser, code) for code in papers]
    for tab in tabs:
        tab.send(WHO, action="me")
    assert [slip_of(code).how for code in papers] == ["used", "used"]
    hats = Hat.objects.filter(membership__user=User.objects.get()).order_by("classroom")
    assert {hat.classroom for hat in hats} == set(school.rooms)


@pytest.mark.parametrize("last", [WHO, EMAIL])
def test_the_same_paper_in_two_tabs_lets_in_once_and_leads_the_second_there(school, browser, last):
    code = slip_for(awaited(school))
    first, second = Tab(browser, code), Tab(browser, code)
    first.send(WHO, **ME, name="Amina H.")
    if last == EMAIL:
        second.send(WHO, **ME, name="Amina Haddad")
    first.send(EMAIL, **NONE)
    second.send(last, **(ME | {"name": "Amina H."} if last == WHO else NONE))
    user = User.objects.get()
    assert user.username in second.text and str(TooLate()) not in second.text
    # And later, noted in the first: the school.
    first.send("/rejoindre/fin/")
    again = Tab(browser, code)
    assert again.page.redirect_chain[-1][0] == school.get_absolute_url()
    assert User.objects.count() == 1


def test_the_same_paper_with_an_email_leads_the_second_tab_to_the_school(school, browser):
    code = slip_for(awaited(school))
    first, second = Tab(browser, code), Tab(browser, code)
    first.send(WHO, **ME, name="Amina H.")
    first.send(EMAIL, way="email", email="amina@famille.example")
    second.see(EMAIL)
    send_now()
    first.send(CODE, code=code_of_last_mail())
    second.send(EMAIL, **NONE)
    assert second.page.redirect_chain[-1][0] == school.get_absolute_url()
    assert User.objects.get().email == "amina@famille.example"


def test_a_code_by_mail_proves_the_address_of_its_own_tab(school, browser):
    tabs = {}
    for name, address in (("Amina", "amina@famille.example"), ("Karim", "karim@famille.example")):
        tab = tabs[name] = Tab(browser, slip_for(awaited(school, "Haddad", name)))
        tab.send(WHO, **ME, name=f"{name} H.")
        tab.send(EMAIL, way="email", email=address)
    send_now()
    karims = code_of_last_mail()
    tabs["Amina"].send(CODE, code=karims)
    assert tabs["Amina"].page.context["form"].errors and not User.objects.exists()
    tabs["Karim"].send(CODE, code=karims)
    assert User.objects.get().email == "karim@famille.example"


def test_a_code_typed_before_somebody_came_in_elsewhere_stays_in_its_field(school, browser):
    late = Tab(browser)
    Tab(browser, slip_for(awaited(school))).send(WHO, **ME, name="Amina H.").send(EMAIL, **NONE)
    code = slip_for(awaited(school, "Benali", "Karim"))
    late.send("/rejoindre/", code=code)
    assert late.page.status_code == 403 and f'value="{code}"' in late.text
    late.send("/rejoindre/", code=code)
    assert "Karim B." in late.text


def test_no_other_site_fills_the_field_or_shows_a_paper(school, browser):
    """The attack of which the test above is the twin."""
    code = slip_for(awaited(school))
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}):
        answer = browser.post("/rejoindre/", {"code": code}, headers=headers)
        assert answer.status_code == 403 and code not in text(answer)
        assert browser.post(WHO, ME | {"paper": "abcdefgh"}, headers=headers).status_code == 403


def test_another_language_in_one_tab_loses_nothing_in_the_other(school, browser):
    first, second = Tab(browser, slip_for(awaited(school))), Tab(browser)
    second.see("/?langue=ar")
    first.send(WHO, **ME, name="Amina Haddad")
    assert 'dir="ltr">' in first.text
    second.see("/?langue=ar")
    first.send(EMAIL, **NONE)
    assert 'dir="rtl"' in first.text
    user = User.objects.get()
    assert (user.display_name, user.language) == ("Amina Haddad", "fr")


def test_the_paper_used_meanwhile_on_another_telephone_is_said_so(school, browser, visitor):
    """The twin: whom the paper did not let in is not led into an account."""
    code = slip_for(awaited(school))
    tab = Tab(browser, code)
    join_without_email(visitor, code)
    tab.send(WHO, **ME, name="Amina H.")
    assert school.telephone in tab.text and User.objects.count() == 1
    karim = Tab(browser, slip_for(awaited(school, "Benali", "Karim")))
    karim.send(WHO, **ME, name="Karim B.").send(EMAIL, **NONE)
    assert Tab(browser, code).page.context["form"].errors["code"] == [str(Used())]


def test_a_class_code_in_two_tabs_waits_once(school, browser):
    code = class_code_of(school.rooms[0])
    first, second = Tab(browser, code), Tab(browser, code)
    first.send(WHO, **ME, name="Amina H.").send(EMAIL, **NONE)
    second.send(WHO, **ME, name="Amina H.")
    second.send(WHO, action="me")
    member = Membership.objects.of_school(school).get()
    assert member.state == "pending" and Hat.objects.filter(membership=member).count() == 1
    assert member.user.username in second.text


def test_half_an_hour_later_no_tab_goes_on(school, browser):
    tab = Tab(browser, slip_for(awaited(school)))
    session = browser.session
    for state in session["joining"]["ways"].values():
        state["at"] -= 1801
    session.save()
    tab.send(WHO, **ME, name="Amina H.")
    assert (
        " ".join(str(TooLate()).split()) in tab.text
        and not Invitation.objects.of_school(school).exclude(state="waiting").exists()
    )
