"""A mail server on loopback that answers as it is told: takes, refuses, drops, or holds still."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

# "drop" takes the whole mail and closes without a word; "hold" takes it and never answers; "slow" takes its
# time; "leave" takes it, says so and closes; any other text is the answer.
Plan = Callable[["Copy"], Literal["take", "drop", "hold", "slow", "leave"] | str]
SLOW_SECONDS = 2.0


@dataclass
class Copy:
    """One mail as it was taken at the end of DATA."""

    to: str
    message_id: str
    body: str
    number: int
    answered: bool = False
    held: bool = False


class ToldServer(Controller):
    """Keeps every copy in `copies`; `held` is set when one is held. `greeting` refuses whoever connects."""

    def __init__(self, plan: Plan = lambda copy: "take", port: int = 0) -> None:
        self.plan = plan
        self.copies: list[Copy] = []
        self.connections = 0
        self.refuses_connections = False
        self.answer_to_sender = "250 OK"
        self.answer_to_address: dict[str, str] = {}
        self.held = threading.Event()
        self.left = threading.Event()
        super().__init__(_Handler(self), hostname="127.0.0.1", port=port)

    def factory(self) -> SMTP:
        return _Conversation(self, self.handler, enable_SMTPUTF8=False, hostname="told.example")

    def _trigger_server(self) -> None:
        """Learn the port that the system gave, before the first conversation."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    def start(self) -> None:
        super().start()
        self.connections = 0

    def of(self, to: str) -> list[Copy]:
        return [copy for copy in self.copies if copy.to == to]

    def addresses(self) -> list[str]:
        """Whom it took a mail for, and said so, in order."""
        return [copy.to for copy in self.copies if copy.answered]


class _Conversation(SMTP):
    def __init__(self, told: ToldServer, handler: Any, **options: Any) -> None:
        super().__init__(handler, **options)
        self.told = told

    def connection_made(self, transport: Any) -> None:
        self.told.connections += 1
        if self.told.refuses_connections:
            transport.abort()
            return
        super().connection_made(transport)


class _Handler:
    def __init__(self, told: ToldServer) -> None:
        self.told = told

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        envelope.mail_from = address
        return self.told.answer_to_sender

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.told.answer_to_address.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content)
        to = envelope.rcpt_tos[0]
        text = next(part for part in message.walk() if part.get_content_type() == "text/plain")
        body = text.get_payload(decode=True).decode()
        copy = Copy(to, message["Message-ID"], body, len(self.told.of(to)) + 1)
        self.told.copies.append(copy)
        answer = self.told.plan(copy)
        if answer == "drop":
            server.transport.abort()
            await asyncio.sleep(0)
            return "451 gone"
        if answer == "hold":
            copy.held = True
            self.told.held.set()
            await asyncio.sleep(3600)
        if answer == "slow":
            self.told.held.set()
            await asyncio.sleep(SLOW_SECONDS)
        if answer == "leave":
            asyncio.get_running_loop().call_later(0.05, self._leave, server)
        copy.answered = answer in {"take", "slow", "leave"}
        return "250 taken" if copy.answered else answer

    def _leave(self, server: Any) -> None:
        server.transport.abort()
        self.told.left.set()
