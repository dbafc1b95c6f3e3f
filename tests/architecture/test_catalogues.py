"""Every catalogue is compiled as it stands and keeps the placeholders of the words it translates."""

import shutil

import pytest

from tests.architecture import catalogues


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_catalogue_is_compiled_and_keeps_placeholders(language):
    assert not catalogues.faulty(language)


@pytest.mark.skipif(not shutil.which("xgettext"), reason="no xgettext here (Debian: apt-get install gettext)")
def test_french_is_complete_and_arabic_is_for_parents_pages():
    wanted = catalogues.asked_for()
    assert ("", "Library") in wanted
    assert not catalogues.missing("fr", wanted)
    assert not catalogues.missing("ar", catalogues.for_parents(wanted))


def test_a_missing_word_would_be_told():
    """Twin."""
    invented = catalogues.Entry(msgid="No catalogue holds this.", places=["templates/portal/home.html"])
    assert catalogues.missing("fr", {invented.key: invented})
    assert catalogues.for_parents({invented.key: invented})
