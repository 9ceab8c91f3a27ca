"""A real mail server in a thread, which refuses, dawdles and hangs up as it is told."""

import ssl
import time
from asyncio import sleep
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from socket import socket
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "desk", "correct horse"


@dataclass
class Desk:
    """What the server answers, and what it has taken: `answers` maps a recipient to its next replies to RCPT."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    data_answers: list[str] = field(default_factory=list)
    cut_data: int = 0
    dawdle: float = 0.0
    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:  # noqa: N802
        left = self.answers.get(address)
        if left:
            return left.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await sleep(self.dawdle)
        if self.data_answers:
            return self.data_answers.pop(0)
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        self.envelopes.append((envelope.mail_from or "", envelope.rcpt_tos[0]))
        self.times.append(time.monotonic())
        self.encrypted.append(session.ssl is not None)
        await sleep(self.dawdle)
        return "250 taken"

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.taken]


class _Cutting(SMTP):
    """Hangs up in the middle of a message as often as its desk says."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        desk = self.event_handler
        if not desk.cut_data:
            await super().smtp_DATA(arg)
            return
        desk.cut_data -= 1
        await self.push("354 go on")
        await self._reader.readline()
        self.transport.abort()


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Cutting(self.handler, **self.SMTP_kwargs)


def _log_in(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(desk: Desk, tls: ssl.SSLContext | None, *, smtps: bool = False, login: bool = False) -> Iterator[int]:
    """Run a server; it offers STARTTLS, or speaks TLS from the start, or (`tls` None) nothing of the kind."""
    how: dict[str, Any] = {"hostname": "127.0.0.1", "port": free_port(), "server_hostname": "localhost"}
    if login:
        how |= {"authenticator": _log_in, "auth_required": True, "auth_require_tls": tls is not None}
    if smtps:
        how |= {"ssl_context": tls, "auth_require_tls": False}
    elif tls is not None:
        how |= {"tls_context": tls, "require_starttls": True}
    controller = _Controller(desk, **how)
    controller.start()
    desk.port = how["port"]
    try:
        yield desk.port
    finally:
        controller.stop()


@dataclass(frozen=True)
class Trust:
    """A certificate for `localhost`, and the file that vouches for it."""

    context: ssl.SSLContext
    file: Path

    @classmethod
    def new(cls, folder: Path) -> "Trust":
        authority = trustme.CA()
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("localhost").configure_cert(context)
        authority.cert_pem.write_to_path(str(folder / "ca.pem"))
        return cls(context, folder / "ca.pem")
