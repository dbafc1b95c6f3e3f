"""Serve the portal: the web server and the background process, kept running until Ctrl-C."""

import ipaddress
import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.supervision import Child, Supervisor


class Command(BaseCommand):
    help = "Run the web server and the background process; restart what dies; end both at Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="one a core")

    def handle(self, *args: object, **options: object) -> None:
        if settings.IS_DEMO and not _is_local(str(options["host"])):
            raise CommandError("The demo signs anybody in: it answers on this machine only.")
        # The open database too: a WSGI server runs no checks.
        self.check(databases=["default"])
        if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
            raise CommandError("Run `manage.py publish_static` first: the pages' style is not published yet.")
        web = [
            str(Path(sys.executable).with_name("granian")),
            *("--interface", "wsgi", "--host", str(options["host"]), "--port", str(options["port"])),
            *("--workers", str(options["workers"]), "--blocking-threads", "1", "--backlog", "512"),
            *("--respawn-failed-workers", "--respawn-interval", "1", "--workers-kill-timeout", "5"),
            *("--no-ws", "--log-level", "warning", "--working-dir", str(settings.BASE_DIR)),
            "portal.wsgi:application",
        ]
        background = [sys.executable, str(settings.BASE_DIR / "manage.py"), "background"]
        self.stdout.write(f"Préau: http://{options['host']}:{options['port']}/  (Ctrl-C to stop)")
        self.stdout.flush()
        Supervisor([Child("web", web), Child("background", background)]).run()
        self.stdout.write("Stopped.")


def _is_local(host: str) -> bool:
    """Whether `host`, a name or an address to listen on, is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
