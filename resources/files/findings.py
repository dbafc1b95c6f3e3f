"""What a reader or a rule has to say about one line of one file."""

from dataclasses import dataclass, field

from django.utils.translation import gettext


def marked(msgid):
    """Mark a sentence for translation; unlike Django's gettext_noop this needs no settings."""
    return msgid


@dataclass(frozen=True)
class Finding:
    """One remark: file, line (from 1), rule ("K6", or "" for a file that cannot be read), and why.

    `msgid` is an English sentence marked with gettext_noop and `params` fills its %(names)s; the sentence is
    translated when it is shown, so that rules stay pure functions that need no settings.
    """

    path: str
    line: int
    rule: str
    msgid: str
    params: dict = field(default_factory=dict)

    @property
    def reason(self):
        """Return the reason in the language in force."""
        return gettext(self.msgid) % self.params

    def __str__(self):
        rule = f"{self.rule}: " if self.rule else ""
        return f"{self.path}:{self.line}: {rule}{self.reason}"


class BadFiles(Exception):
    """One or several files cannot be read; `findings` names each by file, line and reason."""

    def __init__(self, findings):
        self.findings = sorted(findings, key=lambda found: (found.path, found.line))
        super().__init__("\n".join(f"{found.path}:{found.line}: {found.msgid}" for found in self.findings))
