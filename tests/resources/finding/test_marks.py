"""Matches are marked in escaped text."""

from resources.finding.marks import marked


def test_every_form_of_the_word_is_marked():
    assert marked("L’écran, les Écrans", {"ecran"}) == "L’<mark>écran</mark>, les <mark>Écrans</mark>"


def test_nothing_of_a_text_or_a_match_stays_markup():
    shown = marked("<script>écran</script> & <b>", {"ecran"})
    assert shown == "&lt;script&gt;<mark>écran</mark>&lt;/script&gt; &amp; &lt;b&gt;"
