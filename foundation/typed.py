"""Text that people type or paste, without what no page, feed or file can hold."""

import re
from typing import Any

from django import forms

from foundation.html import readable

_LINE_ENDS = re.compile("[\v\f\x85\u2028\u2029]")


def typed(text: str) -> str:
    """Make every kind of line end a plain one, and drop the control characters that a copy may bring."""
    return readable(_LINE_ENDS.sub("\n", text))


class TypedField(forms.CharField):
    """A text as somebody types it."""

    def to_python(self, value: Any) -> str | None:
        return super().to_python(typed(str(value)) if value else value)
