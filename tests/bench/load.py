"""Ask one address again and again over one kept connection, and count."""

import socket
import time
from dataclasses import dataclass
from statistics import median

ROUNDS = 5


@dataclass(frozen=True)
class Answer:
    """Status, headers (lower-case names) and body of one answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def queries(self) -> int:
        """Statements told by Server-Timing; -1 without it."""
        timing = self.headers.get("server-timing", "")
        return int(timing.split('desc="')[1].split()[0]) if 'desc="' in timing else -1


class Client:
    """A connection kept open, with an optional session cookie."""

    def __init__(self, port: int, cookie: str = "", encoding: str = "br") -> None:
        self.port = port
        self.extra = f"Cookie: {cookie}\r\n" if cookie else ""
        self.extra += f"Accept-Encoding: {encoding}\r\n" if encoding else ""
        self._connect()

    def _connect(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), 30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def get(self, path: str) -> Answer:
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{self.extra}\r\n".encode()
        )
        status = int(self.file.readline().split()[1])
        headers = {}
        while (line := self.file.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        body = self.file.read(int(headers.get("content-length", "0")))
        return Answer(status, headers, body)

    def rate(self, path: str, seconds: float) -> float:
        """Requests a second over about `seconds`; every answer must be 200."""
        count, started = 0, time.perf_counter()
        while time.perf_counter() - started < seconds:
            answer = self.get(path)
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}")
            count += 1
        return count / (time.perf_counter() - started)


def compare(
    ours: tuple[Client, str], theirs: tuple[Client, str], seconds: float = 1.0
) -> tuple[float, float, float]:
    """Return (our rate, their rate, median of the ratios) of five alternating rounds."""
    rates = [(ours[0].rate(ours[1], seconds), theirs[0].rate(theirs[1], seconds)) for _ in range(ROUNDS)]
    ratio = median(ours_ / theirs_ for ours_, theirs_ in rates)
    return median(rate for rate, _ in rates), median(rate for _, rate in rates), ratio
