"""What leaves the library for other programs must be readable there, whatever stands in a row."""

import pytest

from tests.factories import ThemeFactory, make_resource

pytestmark = pytest.mark.django_db


def test_a_control_character_stored_long_ago_breaks_no_feed(visitor):
    theme = ThemeFactory(slug="nuit", name="La\x01 nuit")
    make_resource("eteindre", "Éteindre\x1b ?", summary="Un\x02 résumé.", themes=[theme])
    for path in ("/flux/ressources.atom", "/flux/themes/nuit.atom"):
        answer = visitor.get(path)
        assert answer.status_code == 200
        assert "Éteindre ?" in answer.content.decode()
