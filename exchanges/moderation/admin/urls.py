"""The admin's addresses of moderation; the site wraps each view in its gate."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from exchanges.moderation.admin import deciding, notices, people, queue


def urls(gate: Callable[[Any], Any]) -> list[URLPattern]:
    """Each address behind the admin's own gate: staff, second factor, somebody at the screen."""
    base = "a-moderer/"
    return [
        path(base, gate(queue.queue), name="moderation_queue"),
        path(f"{base}decider/", gate(deciding.decide), name="moderation_decide"),
        path(f"{base}masquer/", gate(deciding.hide_meanwhile), name="moderation_hide"),
        path(f"{base}annuler/", gate(deciding.undo), name="moderation_undo"),
        path(f"{base}prevenir/", gate(deciding.warn), name="moderation_warn"),
        path(f"{base}fichier/<slug:key>/", gate(queue.file), name="moderation_file"),
        path(f"{base}personne/<slug:key>/", gate(people.history), name="moderation_person"),
        path("contenus-illicites/", gate(notices.notices), name="illegal_notices"),
        path("contenus-illicites/seconde-lecture/", gate(notices.reread), name="illegal_reread"),
        path("contenus-illicites/<slug:receipt>/", gate(notices.notice), name="illegal_notice"),
    ]
