"""docs/security.md names, for each requirement of ASVS 5.0 up to level 2, a test that exists."""

import ast
import re
from functools import lru_cache

from tests.architecture.tree import BASE_DIR

PAGE = (BASE_DIR / "docs/security.md").read_text()
# Requirements of levels 1 and 2 in the standard's own list, chapters 1 to 17.
ASKED = 253
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
LEFT_OUT = PAGE.partition("## What does not concern us")[2].partition("\n## ")[0]
NUMBER = re.compile(r"\b\d+\.\d+\.\d+\b")


@lru_cache
def functions(path: str) -> frozenset[str]:
    tree = ast.parse((BASE_DIR / path).read_text())
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_requirement_is_mapped_or_left_out_with_a_reason():
    mapped = [number for number, _how, _proof in ROW.findall(PAGE)]
    left_out = NUMBER.findall(LEFT_OUT)
    assert len(mapped) == len(set(mapped))
    assert not set(mapped) & set(left_out)
    assert len(set(mapped) | set(left_out)) == ASKED


def test_every_test_it_names_exists():
    missing = []
    for number, _how, proof in ROW.findall(PAGE):
        named = TEST.findall(proof)
        if not named and not proof.startswith("paper:"):
            missing.append(f"{number} names no test")
        for path, name in named:
            if not (BASE_DIR / path).exists() or (name and name not in functions(path)):
                missing.append(f"{number}: {path}::{name}")
    assert not missing, "\n".join(missing)


def test_what_is_proved_on_paper_only_is_a_document_of_ours():
    """Requirements on documentation, and on servers that we do not run, name the page that answers."""
    for number, _how, proof in ROW.findall(PAGE):
        if proof.startswith("paper:"):
            pages = re.findall(r"`([\w./-]+)`", proof)
            assert pages and all((BASE_DIR / page).exists() for page in pages), number
