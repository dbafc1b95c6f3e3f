"""The checker as a writer and `make check` meet it."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from resources.files import check
from tests.resources.files.conftest import FILES, SIMPLE, contents, write

ROOT = Path(__file__).resolve().parents[3]
STARTER = ROOT / "resources" / "starter"


def rules_of(findings, path=None):
    return {one.rule for one in findings if path in (None, one.path)}


def test_the_starter_library_is_clean():
    assert [str(one) for one in check.check_library(STARTER)] == []


def test_a_text_is_told_by_file_line_and_rule(folder):
    broken = FILES["bulletin.md"].replace("Prenez un papier.", "Vous devez venir.")
    write(folder, {"bulletin.md": broken})
    told = [str(one) for one in check.check_library(folder)]
    assert any(line.startswith("bulletin.md:19: K8: ") for line in told)
    assert not any(line.startswith("rendez-vous.md:19: K8: ") for line in told)


def test_slugs_limit_the_check_to_their_pages_and_leave_out_what_needs_all(folder):
    alone = FILES["rendez-vous.md"].replace("related: [bulletin]", "related: [nowhere]")
    write(
        folder, {"rendez-vous.md": alone, "bulletin.md": FILES["bulletin.md"].replace("Prenez", "Vous devez")}
    )
    found = check.check_library(folder, ["rendez-vous"])
    assert {check.slug_of(one.path) for one in found} == {"rendez-vous"}
    assert "K20" not in rules_of(found)
    assert "K20" in rules_of(check.check_library(folder))


def test_an_unreadable_file_is_told_beside_the_others(folder):
    write(folder, {"bulletin.md": "title: no front matter\n"})
    found = check.check_library(folder)
    assert any(one.path == "bulletin.md" and one.rule == "" for one in found)
    assert "K5" in rules_of(found, "rendez-vous.md")


def test_a_waiver_lifts_one_rule_of_one_file_and_nothing_else(folder):
    waiver = '- {slug: "rendez-vous", rule: K5, reason: "Un modèle court.", person: "La rédaction"}\n'
    before = check.check_library(folder)
    write(folder, {"waivers.yml": waiver})
    after = check.check_library(folder)
    gone = [one for one in before if one not in after]
    assert {(one.path, one.rule) for one in gone} == {("rendez-vous.md", "K5")}


def test_a_waiver_that_serves_nothing_is_told(folder):
    waiver = '- {slug: "rendez-vous", rule: K18, reason: "Rien.", person: "La rédaction"}\n'
    write(folder, {"waivers.yml": waiver})
    assert "K1" in rules_of(check.check_library(folder), "waivers.yml")


def test_an_unreadable_file_cannot_be_waived(folder):
    waiver = '- {slug: "bulletin", rule: K1, reason: "Rien.", person: "La rédaction"}\n'
    write(folder, {"waivers.yml": waiver, "bulletin.md": "nothing"})
    assert any(one.path == "bulletin.md" and one.rule == "" for one in check.check_library(folder))


def test_fix_repairs_typography_and_form_and_nothing_else(folder):
    check.fix_typography(folder)
    whole = contents(folder)
    spoiled = whole["bulletin.md"].decode().replace("\u00a0", " ").replace("papier.", "papier...  ")
    write(folder, {"bulletin.md": spoiled})
    assert check.fix_typography(folder) == ["bulletin.md"]
    repaired = contents(folder)
    assert repaired.pop("bulletin.md").decode() == whole.pop("bulletin.md").decode().replace(
        "papier.", "papier…"
    )
    assert repaired == whole
    assert check.fix_typography(folder) == []


def test_fix_leaves_unreadable_files_and_translations_alone(folder):
    bad = {"bulletin.md": "nothing", "themes.yml": "- {slug: a, slug: a}\n"}
    english = SIMPLE.replace("variant: simple", "variant: en").replace("Prenez un papier.", "Ready? Go: now.")
    write(folder, {**bad, "rendez-vous.en.md": english})
    check.fix_typography(folder)
    after = contents(folder)
    assert {name: after[name].decode() for name in bad} == bad
    assert "Ready? Go: now." in after["rendez-vous.en.md"].decode()


def test_the_module_runs_on_a_bare_folder_without_a_portal(folder):
    command = [sys.executable, "-m", "resources.files.check", str(folder)]
    answer = subprocess.run(command, cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "rendez-vous.md:18: K5: " in answer.stdout
    assert answer.stderr == ""


def test_the_command_says_when_all_is_well_and_fails_when_not(folder, capsys, monkeypatch):
    with pytest.raises(SystemExit) as ended:
        call_command("check_library", str(folder))
    assert ended.value.code == 1
    capsys.readouterr()
    monkeypatch.setattr(check, "check_library", lambda path, slugs: [])
    call_command("check_library", str(folder))
    assert str(folder) in capsys.readouterr().out
