"""Hold a folder of the library to EDITORIAL §3: `python -m resources.files.check DIR [--fix] [slug…]`."""

import argparse
import sys
from pathlib import Path

from django.utils.translation import gettext

from resources.files import canon
from resources.files import library as folder
from resources.files.findings import Finding
from resources.files.findings import marked as _
from resources.files.rules import LIBRARY_RULES, PAGE_RULES, measures, typography
from resources.files.rules.subject import is_french

STARTER = Path(__file__).resolve().parents[1] / "starter"
_TYPESET = {
    "themes.yml": ("name", "line"),
    "glossaire.yml": ("term", "line"),
    "numeros.yml": ("name", "line", "hours"),
}


def check_library(path, slugs=()):
    """Return the Findings of a folder, in order; with slugs, only of these pages, and not K20.

    Waivers of waivers.yml are honoured, but for files that cannot be read; an unused one is told.
    """
    library = folder.read_library(path)
    findings = list(library.problems)
    for page in library.pages():
        if not slugs or slug_of(page.path) in slugs:
            for rule in PAGE_RULES:
                findings += rule(page, library)
    for library_rule in LIBRARY_RULES:
        findings += [one for one in library_rule(library) if not slugs or _concerns(one, slugs)]
    if slugs:
        findings = [
            one for one in findings if (one in library.problems and _concerns(one, slugs)) or one.rule
        ]
    findings = _without_waived(library, findings, told_unused=not slugs)
    return sorted(findings, key=lambda one: (one.path, one.line, int(one.rule[1:] or 0)))


def fix_typography(path, slugs=()):
    """Rewrite the files whose typography or form is not the canonical one; return their names."""
    library = folder.read_library(path)
    changed = []
    for name in canon.texts_of(library):
        if slugs and slug_of(name) not in slugs:
            continue
        better = _fixed(library, name)
        if better != library.texts[name]:
            (Path(path) / name).write_text(better, encoding="utf-8", newline="\n")
            changed.append(name)
    return changed


def slug_of(path):
    """Return the slug a file is about: "a/b.simple.md" → "b"."""
    return path.rpartition("/")[2].partition(".")[0]


def _fixed(library, name):
    if name in folder.LISTS:
        entries = [dict(entry) for entry in library.lists[name]]
        for entry in entries:
            for key in _TYPESET.get(name, ()):
                if entry.get(key):
                    entry[key] = typography.repaired(entry[key])
        return canon.list_text(name, entries)
    page = next(page for page in library.pages() if page.path == name)
    meta, body = typography.repaired_page(page) if is_french(page) else (page.meta, page.body)
    return canon.page_text(name, meta, body)


def _concerns(finding, slugs):
    return slug_of(finding.path) in slugs and finding.rule != "K20"


def _without_waived(library, findings, told_unused):
    waivers = {}
    for line, entry in zip(library.entry_lines["waivers.yml"], library.lists["waivers.yml"], strict=True):
        waivers[entry["slug"], entry["rule"]] = line
    used = set()
    kept = []
    for one in findings:
        key = (one.path.rpartition("/")[2].removesuffix(".md"), one.rule)
        if key in waivers:
            used.add(key)
        else:
            kept.append(one)
    if told_unused and measures.textstat_is_here() is not False:
        for key, line in waivers.items():
            if key not in used:
                reason = _("This waiver (%(slug)s, %(rule)s) is no longer needed.")
                kept.append(Finding("waivers.yml", line, "K1", reason, {"slug": key[0], "rule": key[1]}))
    return kept


def report(findings, folder_path, out):
    """Write one line a finding, then the count; return the exit status, 1 when there is any."""
    for one in findings:
        out(str(one))
    if not measures.textstat_is_here():
        out(gettext("textstat is not installed: reading ease and Lix were not measured."))
    if findings:
        out(
            gettext("%(count)s to put right in %(folder)s.") % {"count": len(findings), "folder": folder_path}
        )
        return 1
    out(gettext("%(folder)s: nothing to put right.") % {"folder": folder_path})
    return 0


def add_arguments(parser):
    """Declare the same arguments for the module and for the management command."""
    parser.add_argument("folder", nargs="?", default=str(STARTER), help="the starter library unless told")
    parser.add_argument("slugs", nargs="*", help="only the pages of these slugs, without K20")
    parser.add_argument(
        "--fix", action="store_true", help="put typography (K11) and canonical form right first"
    )


def run(options, out):
    """Check, after repair when asked; return the exit status."""
    if options["fix"]:
        for name in fix_typography(options["folder"], options["slugs"]):
            out(gettext("Rewritten: %(name)s") % {"name": name})
    return report(check_library(options["folder"], options["slugs"]), options["folder"], out)


def _settle_without_a_portal():
    """Give gettext what it needs when no settings are there: the checker then runs on a bare folder."""
    import django
    from django.conf import settings

    if not settings.configured:
        locale = Path(__file__).resolve().parents[2] / "locale"
        settings.configure(USE_I18N=True, LANGUAGE_CODE="fr", LOCALE_PATHS=[locale])
        django.setup()


if __name__ == "__main__":
    _settle_without_a_portal()
    parser = argparse.ArgumentParser(prog="python -m resources.files.check")
    add_arguments(parser)
    sys.exit(run(vars(parser.parse_args()), print))
