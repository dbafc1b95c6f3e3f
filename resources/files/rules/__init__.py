"""The measurable rules K1–K20 of EDITORIAL §3: pure functions that yield Findings.

A page rule is called `rule(page, library)`, a library rule `rule(library)`.
"""

from resources.files.rules import (
    addresses,
    counts,
    form,
    headings,
    initials,
    measures,
    questions,
    simple,
    together,
    translation,
    typography,
    wording,
)

PAGE_RULES = (
    form.dates_and_series,
    form.title,
    form.in_short,
    headings.fixed_headings,
    headings.lengths,
    measures.readability,
    headings.paragraphs_and_lists,
    wording.refused_words,
    wording.dots,
    wording.capitals,
    typography.typography,
    counts.dates_hours_and_digits,
    addresses.links,
    initials.explained,
    addresses.named_sources,
    questions.three_questions,
    simple.version_simple,
    addresses.telephone_numbers,
    translation.same_facts,
)
LIBRARY_RULES = (together.related_and_placed, together.lists_of_words, together.canonical_form)
