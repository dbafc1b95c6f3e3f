"""Folders that nobody should load: every bad file is named, nothing of the batch is stored."""

import os

import pytest
from django.core.management import call_command

from resources.catalogue.models import LibraryVersion, Resource, Theme
from resources.collections.models import Collection
from resources.files.actions import load_library
from resources.files.findings import BadFiles
from resources.files.models import LoadedFile
from resources.glossary.models import Term
from tests.resources.files.conftest import BULLETIN, FILES, GUIDE, SIMPLE, THEMES, write

pytestmark = pytest.mark.django_db
PICTURE = "Prenez un papier.\n\n![Un papier](papier.webp)"
FICHE = BULLETIN.replace("kind: guide", 'kind: fiche-outil\naddressee: "[Directeur]"\nnumber: 1')

HOSTILE = {
    "broken front matter": ({"a.md": GUIDE.replace("---\n##", "##")}, "a.md", 1, "closing"),
    "unknown theme": ({"a.md": GUIDE.replace("[parler]", "[cuisine]")}, "a.md", 9, "cuisine"),
    "duplicate slug": ({"a.md": GUIDE}, "rendez-vous.md", 3, "already"),
    "slug and file name": ({"a.md": GUIDE.replace("slug: rendez-vous", "slug: b")}, "a.md", 3, "file's name"),
    "script tag": ({"bulletin.md": BULLETIN + "<script>alert(1)</script>\n"}, "bulletin.md", 20, "HTML"),
    "climbing slug": ({"a.md": GUIDE.replace("slug: rendez-vous", 'slug: "../../etc"')}, "a.md", 3, "slug"),
    "yaml tag": (
        {"a.md": GUIDE.replace("slug: r", "slug: !!python/object/apply:os.system r")},
        "a.md",
        3,
        "tag",
    ),
    "yaml bomb": ({"themes.yml": "- &a {slug: x}\n- *a\n- *a\n"}, "themes.yml", 1, "anchors"),
    "missing image": (
        {"bulletin.md": BULLETIN + "![Un papier](papier.webp)\n"},
        "bulletin.md",
        20,
        "papier.webp",
    ),
    "climbing image": ({"bulletin.md": BULLETIN + "![Vu](../../etc/passwd)\n"}, "bulletin.md", 20, "passwd"),
    "image without words": (
        {"bulletin.md": BULLETIN + "![](papier.webp)\n", "images/papier.webp": b"x"},
        "bulletin.md",
        20,
        "alternative",
    ),
    "no image": (
        {"bulletin.md": BULLETIN + "![Vu](papier.webp)\n", "images/papier.webp": b"<svg onload=alert(1)>"},
        "images/papier.webp",
        1,
        "cannot be taken",
    ),
    "windows-1252": ({"bulletin.md": BULLETIN.encode("cp1252")}, "bulletin.md", 2, "Windows-1252"),
    "nul": ({"bulletin.md": BULLETIN + "\x00\n"}, "bulletin.md", 20, "U+0000"),
    "unknown related": (
        {"bulletin.md": BULLETIN.replace("[rendez-vous]", "[ailleurs]")},
        "bulletin.md",
        12,
        "ailleurs",
    ),
    "unknown item": (
        {
            "selections/pour-commencer.md": FILES["selections/pour-commencer.md"].replace(
                "bulletin", "ailleurs"
            )
        },
        "selections/pour-commencer.md",
        6,
        "ailleurs",
    ),
    "lone variant": ({"ailleurs.simple.md": SIMPLE}, "ailleurs.simple.md", 1, "ailleurs"),
    "variant of another kind": ({"bulletin.en.md": SIMPLE}, "bulletin.en.md", 3, "simple"),
    "list that is none": ({"glossaire.yml": "term: CPE\n"}, "glossaire.yml", 1, "list"),
    "term twice": ({"glossaire.yml": FILES["glossaire.yml"] * 2}, "glossaire.yml", 1, "twice"),
    "number twice": (
        {"bulletin.md": FICHE, "a.md": FICHE.replace("slug: bulletin", "slug: a")},
        "bulletin.md",
        8,
        "already",
    ),
    "table too wide": (
        {"bulletin.md": BULLETIN + "\n" + "|a" * 30 + "|\n" + "|-" * 30 + "|\n"},
        "bulletin.md",
        18,
        "cannot be shown",
    ),
    "too heavy": ({"bulletin.md": BULLETIN + "a" * 400_000}, "bulletin.md", 1, "long"),
}


def stored():
    models = (Resource, Theme, Collection, Term, LoadedFile, LibraryVersion)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("case", HOSTILE)
def test_a_bad_file_is_named_and_nothing_is_stored(folder, case):
    files, name, line, words = HOSTILE[case]
    before = stored()
    write(folder, files)
    with pytest.raises(BadFiles) as caught:
        load_library(folder)
    told = [(one.path, one.line, one.msgid % one.params) for one in caught.value.findings]
    assert any(one[:2] == (name, line) and words in one[2] for one in told), told
    assert stored() == before


@pytest.mark.parametrize("case", HOSTILE)
def test_a_bad_file_changes_nothing_of_a_library_already_loaded(folder, case):
    load_library(folder)
    before = stored()
    edited = {"rendez-vous.md": GUIDE.replace("Prenez un papier.", "Prenez un cahier.")}
    write(folder, {**edited, **HOSTILE[case][0]})
    with pytest.raises(BadFiles):
        load_library(folder)
    assert stored() == before


def test_the_same_folder_without_its_bad_file_loads(folder):
    assert len(load_library(folder).created) == len(FILES)


def test_all_bad_files_are_named_at_once_by_the_command(folder, capsys):
    write(folder, {"a.md": "nothing", "b.md": GUIDE.encode("cp1252"), "themes.yml": THEMES + "- {slug: x}\n"})
    with pytest.raises(SystemExit) as ended:
        call_command("load_library", str(folder))
    assert ended.value.code == 1
    told = capsys.readouterr().err
    for start in ("a.md:1: ", "b.md:2: ", "themes.yml:3: "):
        assert f"\n{start}" in f"\n{told}"
    assert Resource.objects.count() == 0


def test_links_and_special_files_are_not_followed(folder, tmp_path):
    (tmp_path / "secret.md").write_text(GUIDE.replace("slug: rendez-vous", "slug: secret"))
    (folder / "secret.md").symlink_to(tmp_path / "secret.md")
    os.mkfifo(folder / "waiting.md")
    with pytest.raises(BadFiles) as caught:
        load_library(folder)
    assert {one.path for one in caught.value.findings} == {"secret.md", "waiting.md"}


def test_a_linked_folder_of_images_is_not_followed(folder, tmp_path):
    elsewhere = write(tmp_path / "elsewhere", {"papier.webp": b"x"})
    (folder / "images").symlink_to(elsewhere)
    write(folder, {"bulletin.md": BULLETIN + "![Vu](papier.webp)\n"})
    with pytest.raises(BadFiles) as caught:
        load_library(folder)
    assert {(one.path, one.line) for one in caught.value.findings} == {("bulletin.md", 20), ("images", 1)}


def test_other_files_and_hidden_ones_are_left_alone(folder):
    write(folder, {"README.txt": b"\xff", ".hidden.md": b"\xff", "deeper/a.md": b"\xff"})
    assert len(load_library(folder).created) == len(FILES)


def test_no_folder_is_told(tmp_path):
    with pytest.raises(BadFiles):
        load_library(tmp_path / "nowhere")


def test_the_folder_named_to_the_command_may_be_a_link(folder, tmp_path):
    """It was once read as an empty one."""
    (tmp_path / "link").symlink_to(folder)
    assert len(load_library(tmp_path / "link").created) == len(FILES)
