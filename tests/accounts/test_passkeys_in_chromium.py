"""A passkey in a real Chromium, under the policy header: added, used alone, used as the only proof."""

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, sync_playwright

from accounts.people.models import User
from tests.accounts.people_of_tests import code_of_last_mail, email_person
from tests.browser.harness import ARGUMENTS, CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(live_server, settings):
    """A page of a browser that holds an empty device for passkeys; any complaint fails the test."""
    settings.PORTAL_PAGE_CACHE = False
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
        context.set_default_timeout(20_000)
        opened = context.new_page()
        opened.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        session = context.new_cdp_session(opened)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        yield opened
        browser.close()
    assert complaints == []


def type_code(page: Page) -> None:
    page.fill("#id_code", code_of_last_mail())
    page.keyboard.press("Enter")


def add_passkey(page: Page) -> None:
    """Sign in by a mailed code, prove it once more, add the passkey."""
    page.goto("/compte/login/?next=/compte/2fa/webauthn/add/")
    page.fill("#id_email", "amina@famille.example")
    page.locator('button[value="code"]').click()
    page.wait_for_url("**/confirm/**")
    type_code(page)
    page.wait_for_url("**/preuve/**")
    page.locator('button[value="send"]').click()
    page.locator("#id_code").wait_for()
    type_code(page)
    page.wait_for_url("**/webauthn/add/")
    page.locator("#passkey-button").click()
    page.wait_for_url("**/recovery-codes/")


def test_a_passkey_signs_in_alone_and_proves_alone(page):
    user = email_person()
    add_passkey(page)
    assert page.locator(".label li").count() == 10
    page.goto("/compte/logout/")
    page.locator("main form button").click()
    page.wait_for_url("**/compte/login/")

    page.goto("/compte/login/?next=/compte/")
    page.locator("#passkey-button").click()
    page.wait_for_url(lambda url: url.endswith("/compte/") and "login" not in url)

    # Now the person has nothing but the passkey.
    EmailAddress.objects.all().delete()
    User.objects.filter(pk=user.pk).update(email=None)
    page.goto("/compte/email/")
    page.wait_for_url("**/preuve/**")
    page.locator("#passkey-button").click()
    page.wait_for_url("**/compte/email/")
    assert page.locator("#id_email").count() == 1


def test_without_its_passkey_the_device_is_told_so(page):
    page.goto("/compte/login/")
    page.locator("#passkey-button").click()
    page.locator("[data-passkey-error]").wait_for(state="visible")
