"""What is the same for all is made once a language, and can show nothing of anybody."""

from django.template import Context, Template
from django.utils import translation

TAG = "{% load same_for_all %}"


def test_it_is_made_once_for_each_language():
    page = Template(TAG + '{% same_for_all %}{% translate "Help" %}{% endsame_for_all %}')
    for language, word in (("fr", "Aide"), ("ar", "مساعدة"), ("fr", "Aide")):
        with translation.override(language):
            assert page.render(Context()) == word
    (node,) = [node for node in page.nodelist if hasattr(node, "made")]
    assert set(node.made) == {"fr", "ar"}


def test_nothing_of_a_person_stands_in_it():
    page = Template(TAG + "{{ name }}|{% same_for_all %}[{{ name }}{{ request.user }}]{% endsame_for_all %}")
    for name in ("Amina", "Boris"):
        assert page.render(Context({"name": name})) == f"{name}|[]"


def test_an_include_is_rendered_inside():
    page = Template(
        TAG + '{% same_for_all %}{% include "components/footer_links.html" only %}{% endsame_for_all %}'
    )
    with translation.override("fr"):
        assert page.render(Context()).count("<li>") == 6
