"""Serve the portal: the web server and the background process, kept running until Ctrl-C."""

import ipaddress
import os
import socket
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
        _refuse_taken_port(str(options["host"]), int(str(options["port"])))
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


def _refuse_taken_port(host: str, port: int) -> None:
    """Raise CommandError for a port in use: the web server would share it with whatever answers there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            words = (
                f"{host}:{port} cannot be served ({error.strerror}): stop what uses it, or choose another."
            )
            raise CommandError(words) from error


def _is_local(host: str) -> bool:
    """Whether `host`, a name or an address to listen on, is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
