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
