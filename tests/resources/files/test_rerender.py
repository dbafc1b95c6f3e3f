"""After a change of the renderer, every older text is rendered again, once."""

import pytest
from django.core.management import call_command

from foundation.html import RENDERER_VERSION
from resources.catalogue import version
from resources.catalogue.models import Resource, Variant
from resources.collections.models import Collection
from resources.files.actions import load_library, rerender_library

pytestmark = pytest.mark.django_db


def age(model, **where):
    model.objects.filter(**where).update(renderer=RENDERER_VERSION - 1, html="old")


def test_only_older_texts_are_rendered_again(folder):
    load_library(folder)
    Resource.objects.filter(slug="bulletin").update(html="untouched")
    age(Resource, slug="rendez-vous")
    age(Variant)
    age(Collection)
    number = version.current()
    assert rerender_library() == (3, [])
    assert "<h2" in Resource.objects.get(slug="rendez-vous").html
    assert "<br" in Variant.objects.get().html
    assert "<p>" in Collection.objects.get().html
    assert Resource.objects.get(slug="bulletin").html == "untouched"
    assert version.current() == number + 1


def test_a_second_run_has_nothing_to_do(folder, capsys):
    load_library(folder)
    number = version.current()
    call_command("rerender")
    assert "0" in capsys.readouterr().out
    assert version.current() == number


def test_rendering_again_is_no_edit(folder):
    load_library(folder)
    age(Resource)
    rerender_library()
    assert not load_library(folder).changed
    assert load_library(folder).edited == []


def test_a_text_that_no_longer_renders_keeps_its_page_and_is_told(folder, capsys):
    load_library(folder)
    age(Resource)
    wide = "|a" * 30 + "|\n" + "|-" * 30 + "|\n"
    Resource.objects.filter(slug="bulletin").update(body=wide)
    call_command("rerender")
    assert Resource.objects.get(slug="bulletin").html == "old"
    assert "<h2" in Resource.objects.get(slug="rendez-vous").html
    assert capsys.readouterr().err
