"""Two curators, a theme, and values as a form gives them."""

import pytest


@pytest.fixture
def claire(db):
    from tests.factories import person_with_role

    return person_with_role("claire", "curator")


@pytest.fixture
def samir(db):
    from tests.factories import person_with_role

    return person_with_role("samir", "curator")


@pytest.fixture
def theme(db):
    from tests.factories import ThemeFactory

    return ThemeFactory(slug="ecrans", name="Écrans")


@pytest.fixture
def values(theme):
    return {
        "title": "Comment éteindre l’écran le soir ?",
        "summary": "Prévenir, finir ensemble, puis un petit rituel.",
        "en_bref": ["Dites la fin avant d’allumer."],
        "body": "## Ce soir\n\nPosez l’écran.\n",
        "kind": "guide",
        "audiences": ["parents"],
        "levels": ["maternelle"],
        "themes": ["ecrans"],
        "language": "fr",
    }


@pytest.fixture
def draft(values, claire):
    from resources.catalogue.actions import create_resource

    return create_resource("eteindre", values, by=claire)


@pytest.fixture
def sent(draft, claire):
    from resources.catalogue.actions import submit_for_review

    return submit_for_review(draft, by=claire)


@pytest.fixture
def public(sent, samir):
    from resources.catalogue.actions import publish_text

    return publish_text(sent, by=samir)


@pytest.fixture
def workshop(sign_in):
    """`workshop(user)` gives a client in the admin, the second factor put off."""
    from accounts.schools.staff import PUT_OFF

    def make(user):
        client = sign_in(user)
        session = client.session
        session[PUT_OFF] = "9999-12-31"
        session.save()
        return client

    return make
