"""A name somebody sent, fit for a page, a header and a disk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.uploads import safe_name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Photo de la cour.jpg", "Photo de la cour.jpg"),
        ("fête d’école – été.webp", "fête d’école – été.webp"),
        ("e\u0301cole.png", "école.png"),
        ("صورة.png", "صورة.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Diallo\\photo.jpg", "photo.jpg"),
        ("a.jpg\r\nContent-Type: text/html", "html"),
        ("a\r\nX-B: c.jpg", "aX-B- c.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\x00b\u200b.png", "ab.png"),
        ("a\u2028b\u00a0 c.png", "a b c.png"),
        ('"><script>.svg', "---script-.svg"),
        (".htaccess", "htaccess"),
        ("con.txt", "_con.txt"),
        ("...", "document"),
        ("", "document"),
        ("/", "document"),
        ("\ud800.png", "png"),
    ],
)
def test_safe_name(sent, kept):
    assert safe_name(sent) == kept


def test_a_long_name_keeps_its_suffix():
    assert safe_name("é" * 300 + ".webp") == "é" * 75 + ".webp"
    assert len(safe_name("a." + "b" * 300)) == 80
    assert len(safe_name("漢" * 300 + ".png").encode()) <= 200


def test_a_nameless_file_takes_the_name_given():
    assert safe_name("\u202e", fallback="photo") == "photo"


@given(st.text())
def test_any_name_is_fit_for_a_header_and_a_disk(sent):
    name = safe_name(sent)
    assert 0 < len(name) <= 80
    assert name.isprintable() and name.encode() and len(name.encode()) <= 200
    assert not set(name) & set('/\\<>:"|?*;')
    assert name not in (".", "..") and not name.startswith(".")
    assert safe_name(name) == name
