"""The charter that a new group begins with, and how a charter is shown."""

from django.utils.translation import gettext

from foundation.html import MESSAGE, render


def ready_charter() -> str:
    """Ours, in the reader's language; whoever opens the group may change every word."""
    lines = (
        gettext("We help each other and answer kindly, as we would at the school gate."),
        gettext("We talk about life at school, never about one child or one teacher in particular."),
        gettext("What is said here stays here: we copy nothing elsewhere without asking."),
        gettext("No advertising, no politics, no rumour. For a worry about a child, we write to the school."),
        gettext("If a message hurts, we report it: the people who run the group read it again."),
    )
    return "\n".join(f"- {line}" for line in lines)


def rendered(charter: str) -> tuple[str, int]:
    """Return the charter as clean HTML, with the version of the renderer."""
    made = render(charter, MESSAGE)
    return made.html, made.version
