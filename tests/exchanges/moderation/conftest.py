"""People on their pages of moderation."""

import pytest
from django.utils import timezone, translation


@pytest.fixture
def english(settings):
    """Pages speak as their texts are written, whatever the catalogues hold."""
    settings.LANGUAGE_CODE = "en"
    settings.OFFERED_LANGUAGES = ["en"]
    translation.activate("en")


@pytest.fixture
def no_second_factor(settings):
    """The factor asked of staff has its own tests."""
    settings.IS_DEMO = True


@pytest.fixture
def here(db):
    """A world whose people are there now: pages read the real clock."""

    from tests.exchanges.moderation.world import DAY, World

    def make(circle: str = "parents", **values) -> World:
        world = World(circle, **values)
        now = timezone.now()
        world.settle(joined=now - 30 * DAY, seen=now)
        return world

    return make
