"""A line of the log tells what broke, and nobody's address."""

import json
import logging
import smtplib
import sys

import pytest

from foundation.logs import JsonFormatter


def line_of(error: Exception, message: str = "job failed") -> dict:
    try:
        raise error
    except type(error):
        record = logging.LogRecord("portal", logging.ERROR, __file__, 1, message, None, sys.exc_info())
    return json.loads(JsonFormatter().format(record))


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"amina@famille.example": (550, b"5.1.1 <amina@famille.example>")}),
        ValueError("DETAIL: Key (lower(email::text))=(amina@famille.example) already exists."),
    ],
)
def test_a_mail_refused_or_a_row_doubled_tells_no_address(error):
    line = line_of(error, "Task failed for amina@famille.example")
    assert "amina" not in json.dumps(line)
    assert "famille.example" not in json.dumps(line)


def test_the_error_and_its_place_are_told():
    """Twin."""
    line = line_of(ValueError("no such column: titre"))
    assert line["error"] == "ValueError"
    assert "no such column: titre" in line["trace"]
    assert "test_logs.py" in line["trace"]


def test_a_refused_form_of_a_mailed_link_tells_no_token(rf):
    token = "Ab3dEf6hIj9kLm2nOp5qRs8tUv1xYz4A"
    record = logging.LogRecord("django.security.csrf", logging.WARNING, __file__, 1, "Forbidden", None, None)
    record.request = rf.post(f"/rejoindre/invitation/{token}/")
    line = json.loads(JsonFormatter().format(record))
    assert line["path"] == "/rejoindre/invitation/[token]/"
    record.request = None
    record.msg = f"refused: /rejoindre/invitation/{token}/ by nobody"
    assert token not in JsonFormatter().format(record)


def test_other_addresses_are_told_whole(rf):
    """Twin."""
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "Not Found", None, None)
    record.request = rf.get("/ressources/rien-de-mieux-qu-un-ecran-le-soir/imprimer/")
    line = json.loads(JsonFormatter().format(record))
    assert line["path"] == "/ressources/rien-de-mieux-qu-un-ecran-le-soir/imprimer/"


@pytest.mark.parametrize("text", ["a" * 100_000, "@" * 100_000, "a@" * 50_000, "é" * 100_000])
def test_a_line_is_short_however_long_what_was_asked(text):
    """Read once from end to end: begun anew at each letter, these would take minutes."""
    line = line_of(ValueError("x"), f"refused: /{text}")
    assert len(line["event"]) <= 1000
    assert "@" not in line["event"]


@pytest.mark.parametrize("written", ["a@b.c", "@a@b.c", "<a@b.c>", "to=a@b.c;", "x'a@b@c.d'"])
def test_an_address_is_hidden_however_it_is_written(written):
    assert "b" not in line_of(ValueError("x"), f"sent {written}")["event"].replace("[address]", "")
