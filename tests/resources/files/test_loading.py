"""A folder loaded again and again, beside people who edit the rows, and written back."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from resources.catalogue import actions as catalogue
from resources.catalogue import version
from resources.catalogue.index import LIBRARY_INDEX
from resources.catalogue.models import HelpNumber, OldSlug, Resource, Source, Status, Theme, Variant
from resources.collections.models import Collection
from resources.files.actions import export_library, load_library
from resources.files.findings import BadFiles
from resources.files.models import LoadedFile
from resources.glossary.models import Term
from tests.resources.files.conftest import BULLETIN, FILES, GUIDE, SIMPLE, THEMES, contents, write

pytestmark = pytest.mark.django_db


def edit(slug="rendez-vous", **changes):
    """Change a row as the admin does, through the catalogue's own action."""
    resource = Resource.objects.get(slug=slug)
    return catalogue.store_text(resource, by=None, comment="edited", values=changes)


def exported(tmp_path, name="exported"):
    export_library(tmp_path / name)
    return {path: content.decode() for path, content in contents(tmp_path / name).items()}


class TestFirstLoad:
    def test_every_file_has_its_rows(self, folder):
        report = load_library(folder)
        assert sorted(report.created) == sorted(FILES)
        resource = Resource.objects.get(slug="rendez-vous")
        assert resource.title == "Comment préparer un rendez-vous ?"
        assert resource.audiences == ["parents"]
        assert resource.source_site == "Préau"
        assert resource.links == ["https://example.org/page"]
        assert resource.status == Status.PUBLISHED
        assert resource.review_by == datetime.date(2027, 11, 24)
        assert [theme.slug for theme in resource.themes.all()] == ["parler"]
        assert [link.target.slug for link in resource.related_links.all()] == ["bulletin"]
        assert list(Theme.objects.values_list("slug", "position")) == [("parler", 0), ("ecrans", 1)]
        assert Term.objects.get(term="CPE").slug == "cpe"
        assert Source.objects.get().grade == "A"
        assert HelpNumber.objects.get().themes == ["parler"]
        collection = Collection.objects.get()
        notes = [(item.resource.slug, item.note) for item in collection.items.all()]
        assert notes == [("rendez-vous", "Le premier pas."), ("bulletin", "Ensuite, au calme.")]

    def test_texts_are_rendered_indexed_and_timed_in_the_same_go(self, folder):
        before = version.current()
        load_library(folder)
        resource = Resource.objects.get(slug="rendez-vous")
        assert "<h2" in resource.html
        assert resource.renderer > 0
        assert resource.reading_minutes == 1
        assert "<p>" in Collection.objects.get().html
        simple = Variant.objects.get()
        assert "<br" in simple.html
        assert simple.status == Status.PUBLISHED
        assert resource.pk in LIBRARY_INDEX.search("papier").keys
        assert version.current() > before

    def test_a_draft_is_not_public_nor_in_the_index(self, folder):
        write(folder, {"bulletin.md": BULLETIN.replace("status: published", "status: draft")})
        load_library(folder)
        draft = Resource.objects.get(slug="bulletin")
        assert draft.status == Status.DRAFT
        assert draft.pk not in LIBRARY_INDEX.search("papier").keys

    def test_a_text_in_review_waits_for_a_curator(self, folder):
        write(folder, {"bulletin.md": BULLETIN.replace("status: published", "status: in_review")})
        load_library(folder)
        assert Resource.objects.get(slug="bulletin").in_review_since is not None


class TestAgain:
    def test_the_second_load_changes_nothing_and_says_so(self, folder, capsys):
        load_library(folder)
        number = version.current()
        updated = Resource.objects.get(slug="bulletin").updated
        report = load_library(folder)
        assert not report.changed
        assert sorted(report.unchanged) == sorted(FILES)
        assert version.current() == number
        assert Resource.objects.get(slug="bulletin").updated == updated
        with translation.override("en"):
            call_command("load_library", str(folder))
        assert capsys.readouterr().out == "Nothing to change: 8 files as they were.\n"

    def test_a_file_in_another_form_is_no_change(self, folder):
        load_library(folder)
        write(folder, {"bulletin.md": BULLETIN.replace("\n", "\r\n").replace("papier.", "papier.  ")})
        assert not load_library(folder).changed

    def test_only_the_file_changed_it_is_taken(self, folder):
        load_library(folder)
        write(folder, {"rendez-vous.md": GUIDE.replace("Prenez un papier", "Prenez un tournevis")})
        assert load_library(folder).updated == ["rendez-vous.md"]
        resource = Resource.objects.get(slug="rendez-vous")
        assert "tournevis" in resource.html
        assert LIBRARY_INDEX.search("tournevis").keys == [resource.pk]

    def test_only_the_row_changed_it_is_kept_and_told(self, folder):
        load_library(folder)
        edit(title="Et maintenant ?")
        report = load_library(folder)
        assert report.edited == ["rendez-vous.md"]
        assert not report.changed
        assert Resource.objects.get(slug="rendez-vous").title == "Et maintenant ?"

    def test_both_changed_the_row_is_kept_and_the_file_named(self, folder, capsys):
        load_library(folder)
        edit(title="Et maintenant ?")
        write(folder, {"rendez-vous.md": GUIDE.replace("papier", "cahier")})
        for _time in range(2):
            call_command("load_library", str(folder))
            assert capsys.readouterr().out.startswith("rendez-vous.md")
            resource = Resource.objects.get(slug="rendez-vous")
            assert resource.title == "Et maintenant ?"
            assert "cahier" not in resource.body

    def test_overwrite_takes_the_file(self, folder):
        load_library(folder)
        edit(title="Et maintenant ?")
        write(folder, {"rendez-vous.md": GUIDE.replace("papier", "cahier")})
        assert load_library(folder, overwrite=True).updated == ["rendez-vous.md"]
        resource = Resource.objects.get(slug="rendez-vous")
        assert resource.title == "Comment préparer un rendez-vous ?"
        assert "cahier" in resource.body
        assert not load_library(folder).changed

    def test_the_same_edit_on_both_sides_is_no_conflict(self, folder):
        load_library(folder)
        edit(body="## Ce soir\nPrenez un cahier.")
        write(folder, {"rendez-vous.md": GUIDE.replace("Prenez un papier", "Prenez un cahier")})
        report = load_library(folder)
        assert (report.kept, report.changed) == ([], False)
        write(folder, {"rendez-vous.md": GUIDE.replace("papier", "carnet")})
        assert load_library(folder).updated == ["rendez-vous.md"]

    def test_changes_that_wait_for_review_are_not_lost(self, folder):
        load_library(folder)
        Resource.objects.filter(slug="rendez-vous").update(pending={"title": "En attente ?"})
        assert load_library(folder).kept == []
        write(folder, {"rendez-vous.md": GUIDE.replace("papier", "cahier")})
        assert load_library(folder).kept == ["rendez-vous.md"]
        assert Resource.objects.get(slug="rendez-vous").pending == {"title": "En attente ?"}
        load_library(folder, overwrite=True)
        assert Resource.objects.get(slug="rendez-vous").pending is None

    def test_a_file_gone_is_told_and_its_row_stays(self, folder):
        load_library(folder)
        (folder / "rendez-vous.simple.md").unlink()
        assert load_library(folder).gone == ["rendez-vous.simple.md"]
        assert Variant.objects.count() == 1

    def test_a_resource_removed_here_does_not_come_back_by_itself(self, folder):
        load_library(folder)
        Collection.objects.all().delete()
        Resource.objects.get(slug="bulletin").delete()
        OldSlug.objects.create(place=OldSlug.Place.RESOURCE, slug="bulletin")
        (folder / "selections" / "pour-commencer.md").unlink()
        for _time in range(2):
            assert load_library(folder).kept == ["bulletin.md"]
        write(folder, {"rendez-vous.md": GUIDE.replace("papier", "cahier"), "bulletin.simple.md": SIMPLE})
        report = load_library(folder)
        assert report.updated == []
        assert sorted(report.kept) == ["bulletin.md", "bulletin.simple.md", "rendez-vous.md"]
        assert load_library(folder, overwrite=True).created == ["bulletin.md", "bulletin.simple.md"]
        assert Resource.objects.filter(slug="bulletin").exists()
        assert not OldSlug.objects.exists()

    def test_a_row_made_here_under_a_files_name_is_kept(self, folder):
        load_library(folder)
        LoadedFile.objects.filter(name="bulletin.md").delete()
        edit("bulletin", title="À nous ?")
        assert load_library(folder).kept == ["bulletin.md"]

    def test_a_changed_source_marks_its_version_until_that_changes_too(self, folder):
        from resources.catalogue.fields import digest_of

        def is_current():
            variant = Variant.objects.select_related("resource").get()
            return variant.source_digest == digest_of(variant.resource)

        load_library(folder)
        assert is_current()
        write(folder, {"rendez-vous.md": GUIDE.replace("papier", "cahier")})
        load_library(folder)
        assert not is_current()
        write(folder, {"rendez-vous.simple.md": SIMPLE.replace("papier", "cahier")})
        load_library(folder)
        assert is_current()

    def test_two_tool_sheets_exchange_their_numbers(self, folder):
        def fiche(text, number):
            return text.replace(
                "kind: guide", f'kind: fiche-outil\naddressee: "[Directeur]"\nnumber: {number}'
            )

        write(folder, {"rendez-vous.md": fiche(GUIDE, 1), "bulletin.md": fiche(BULLETIN, 2)})
        load_library(folder)
        write(folder, {"rendez-vous.md": fiche(GUIDE, 2), "bulletin.md": fiche(BULLETIN, 1)})
        assert sorted(load_library(folder).updated) == ["bulletin.md", "rendez-vous.md"]
        assert dict(Resource.objects.values_list("slug", "number")) == {"rendez-vous": 2, "bulletin": 1}

    def test_a_number_held_by_a_row_of_no_file_is_told(self, folder):
        Resource.objects.create(slug="autre", title="Autre ?", addressee="[Directeur]", number=1)
        fiche = BULLETIN.replace("kind: guide", 'kind: fiche-outil\naddressee: "[Directeur]"\nnumber: 1')
        write(folder, {"bulletin.md": fiche})
        with pytest.raises(BadFiles) as caught:
            load_library(folder)
        assert [(one.path, one.line) for one in caught.value.findings] == [("bulletin.md", 8)]


class TestLists:
    def test_an_entry_that_left_the_file_leaves_the_rows(self, folder):
        load_library(folder)
        write(folder, {"themes.yml": THEMES.split("\n")[0] + "\n", "glossaire.yml": "[]\n"})
        assert sorted(load_library(folder).updated) == ["glossaire.yml", "themes.yml"]
        assert list(Theme.objects.values_list("slug", flat=True)) == ["parler"]
        assert not Term.objects.exists()
        assert not load_library(folder).changed

    def test_the_order_of_words_and_sources_says_nothing(self, folder, tmp_path):
        load_library(folder)
        upside_down = "".join(reversed(FILES["glossaire.yml"].splitlines(keepends=True)))
        write(folder, {"glossaire.yml": upside_down})
        assert not load_library(folder).changed
        assert exported(tmp_path)["glossaire.yml"] == FILES["glossaire.yml"]

    def test_a_theme_gets_another_slug_with_its_resources(self, folder):
        load_library(folder)
        renamed = {name: FILES[name].replace("parler", "dire") for name in FILES}
        write(folder, renamed)
        load_library(folder)
        assert set(Theme.objects.values_list("slug", flat=True)) == {"dire", "ecrans"}
        assert list(OldSlug.objects.values_list("place", "slug", "target")) == [("themes", "parler", "")]
        write(folder, FILES)
        load_library(folder)
        assert list(OldSlug.objects.values_list("slug", flat=True)) == ["dire"]

    def test_a_theme_that_a_row_still_has_is_not_removed(self, folder):
        load_library(folder)
        other = Resource.objects.create(slug="autre", title="Autre ?")
        catalogue.store_text(other, by=None, comment="x", values={"themes": ["ecrans"]})
        write(folder, {"themes.yml": THEMES.split("\n")[0] + "\n"})
        with pytest.raises(BadFiles) as caught:
            load_library(folder)
        assert "autre" in caught.value.findings[0].reason
        assert Theme.objects.count() == 2

    def test_a_theme_edited_here_and_in_the_file_is_kept(self, folder):
        load_library(folder)
        Theme.objects.filter(slug="ecrans").update(name="Les écrans")
        write(folder, {"themes.yml": THEMES.replace("soirées", "nuits")})
        assert load_library(folder).kept == ["themes.yml"]

    def test_a_folder_without_themes_may_use_those_here(self, folder):
        load_library(folder)
        (folder / "themes.yml").unlink()
        write(folder, {"rendez-vous.md": GUIDE.replace("papier", "cahier")})
        report = load_library(folder)
        assert (report.updated, report.gone) == (["rendez-vous.md"], ["themes.yml"])

    def test_a_changed_list_is_seen_at_once(self, folder):
        load_library(folder)
        number = version.current()
        write(folder, {"glossaire.yml": FILES["glossaire.yml"].replace("site", "lieu")})
        load_library(folder)
        assert version.current() > number


class TestExport:
    def test_what_was_loaded_comes_back_byte_for_byte(self, folder, tmp_path):
        load_library(folder)
        assert exported(tmp_path) == {name: content.decode() for name, content in contents(folder).items()}

    def test_an_edited_title_is_one_line_of_difference(self, folder, tmp_path):
        load_library(folder)
        edit(title="Et « maintenant » \\ ?")
        before, after = contents(folder), exported(tmp_path)
        changed = [name for name in after if after[name] != before[name].decode()]
        assert changed == ["rendez-vous.md"]
        pairs = zip(
            before["rendez-vous.md"].decode().split("\n"), after["rendez-vous.md"].split("\n"), strict=True
        )
        assert [new for old, new in pairs if old != new] == ['title: "Et « maintenant » \\\\ ?"']

    def test_an_export_into_the_folder_loads_as_nothing_new(self, folder):
        load_library(folder)
        edit(title="Et maintenant ?")
        assert export_library(folder).written == ["rendez-vous.md"]
        assert not load_library(folder).changed
        assert export_library(folder).written == []

    def test_a_row_made_here_is_written_and_read_again(self, folder, tmp_path):
        load_library(folder)
        made = Resource.objects.create(
            slug="un-brouillon", title="Une\tligne ?", body="Un.\r\n\r\nDeux.  \r\n"
        )
        catalogue.store_text(made, by=None, comment="x", values={"audiences": ["directeurs", "parents"]})
        written = exported(tmp_path)["un-brouillon.md"]
        assert 'title: "Une ligne ?"\n' in written
        assert "audiences: [parents, directeurs]\n" in written
        assert written.endswith("---\nUn.\n\nDeux.\n")
        again = write(tmp_path / "again", exported(tmp_path, "twice"))
        assert not load_library(again).changed

    def test_all_that_a_row_can_hold_survives(self, folder, tmp_path):
        load_library(folder)
        resource = Resource.objects.get(slug="rendez-vous")
        resource.featured, resource.media_subtitles = 2, False
        resource.media_seconds, resource.media_bytes = 90, 1_000_000
        resource.save()
        Variant.objects.update(status=Status.DRAFT, read_by="Deux lectrices", summary="Court.")
        Collection.objects.update(starts=datetime.date(2026, 9, 1), ends=timezone.localdate(), featured=1)
        first = exported(tmp_path)
        told = "media_seconds: 90\nmedia_bytes: 1000000\nmedia_subtitles: false\nfeatured: 2\n"
        assert told in first["rendez-vous.md"]
        assert 'read_by: "Deux lectrices"\nstatus: draft\n' in first["rendez-vous.simple.md"]
        assert "starts: 2026-09-01\n" in first["selections/pour-commencer.md"]
        write(folder, first)
        Resource.objects.update(featured=0, media_subtitles=None, media_seconds=None, media_bytes=None)
        Variant.objects.update(status=Status.PUBLISHED, read_by="", summary="")
        Collection.objects.update(starts=None, ends=None, featured=0)
        load_library(folder, overwrite=True)
        assert exported(tmp_path, "second") == first

    def test_files_of_nobody_are_named_and_left(self, folder, tmp_path):
        load_library(folder)
        target = write(tmp_path / "target", {"ancien.md": GUIDE, "notes.txt": "x"})
        assert export_library(target).strange == ["ancien.md"]
        assert (target / "ancien.md").read_text() == GUIDE

    def test_a_link_in_the_target_is_not_written_through(self, folder, tmp_path):
        load_library(folder)
        outside = tmp_path / "outside.md"
        outside.write_text("mine")
        (tmp_path / "target").mkdir()
        (tmp_path / "target" / "bulletin.md").symlink_to(outside)
        with pytest.raises(BadFiles):
            export_library(tmp_path / "target")
        assert outside.read_text() == "mine"

    def test_a_translation_keeps_the_date_of_the_source_it_renders(self, folder, tmp_path):
        english = SIMPLE.replace("variant: simple", "variant: en")
        english = english.replace("reviewed: 2026", "source_reviewed: 2026-11-24\nreviewed: 2026")
        write(folder, {"rendez-vous.en.md": english})
        load_library(folder)
        assert exported(tmp_path)["rendez-vous.en.md"] == english
        edit(body="## Autre\n")
        assert "source_reviewed" not in exported(tmp_path)["rendez-vous.en.md"]


def test_the_starter_library_loads_twice_and_comes_back(tmp_path, settings):
    starter = settings.BASE_DIR / "resources" / "starter"
    first = load_library(starter)
    assert len(first.created) > 60
    assert not load_library(starter).changed
    before = contents(starter)
    after = exported(tmp_path)
    assert {name: before[name].decode() for name in after} == after
    assert set(before) - set(after) <= {"waivers.yml", "mots-admis.txt", "images/.gitkeep"}
