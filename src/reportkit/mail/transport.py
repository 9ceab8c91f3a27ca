"""From the outbox to the server: one at a time, over TLS, and every ending known for what it is.

What a server's answer means (RFC 5321): 2xx taken, 4xx try again later, 5xx refused for good. A message is moved to
`sending` after the server asked for its text and before the first byte of it leaves; without an answer to the last
byte, or with one that is none of these, its fate is unknown.
"""

from __future__ import annotations

import re
import smtplib
import ssl
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import formatdate
from typing import Final

from reportkit.definitions.errors import MendInput, ReportkitError
from reportkit.mail.outbox import Letter, Outbox, State
from reportkit.mail.server import Server
from reportkit.mail.words import BAD_CERTIFICATE, LOGIN_REFUSED, NO_ANSWER, NO_TLS

TAKEN: Final = 250
ENDINGS: Final[dict[int, State]] = {2: "sent", 4: "new", 5: "failed"}  # first digit of the answer to the text
GO_AHEAD: Final = 354
FOR_GOOD: Final = 500
PER_CONNECTION: Final = 50  # many servers want a new one now and then
Step = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Patience:
    """How often a message is tried in one run, and how long to wait before the next round: longer each time."""

    attempts: int = 3
    first_wait: float = 5.0
    factor: float = 4.0

    def waits(self) -> Iterator[float]:
        """Yield the seconds to wait before each round."""
        yield 0.0
        yield from (self.first_wait * self.factor**at for at in range(self.attempts - 1))


PATIENCE: Final = Patience()


class Refused(Exception):
    """The server said no, or could not be reached; `for_good` is a no that will not change."""

    def __init__(self, said: str, *, for_good: bool) -> None:
        self.said = said
        self.for_good = for_good
        super().__init__(said)


def deliver(
    outbox: Outbox,
    server: Server,
    *,
    only: Collection[str] | None = None,
    patience: Patience = PATIENCE,
    progress: Step = lambda at, of, name: None,
) -> None:
    """Send the new messages, or those of some ids; hold the outbox meanwhile. What became of each lies in the outbox.

    What the server cannot take now is tried again, and stays new when patience ends. Raise MendInput where nothing can
    be sent at all: no TLS, a certificate nobody vouches for, a login refused.
    """
    for wait in patience.waits():
        waiting = [one for one in outbox.letters() if one.state == "new" and (only is None or one.id in only)]
        if not waiting:
            return
        time.sleep(wait)
        _round(outbox, server, waiting, progress)


def _round(outbox: Outbox, server: Server, waiting: list[Letter], progress: Step) -> None:
    """Try each message once; where the server cannot be reached, none of the rest."""
    for start in range(0, len(waiting), PER_CONNECTION):
        left = waiting[start : start + PER_CONNECTION]
        while left:
            try:
                with _connected(server) as smtp:
                    left = _as_many_as_go(outbox, server, smtp, left, waiting, progress)
            except Refused as refused:
                for letter in waiting[waiting.index(left[0]) :]:
                    outbox.note(letter, refused.said)
                return


def _as_many_as_go(
    outbox: Outbox, server: Server, smtp: smtplib.SMTP, left: list[Letter], every: list[Letter], progress: Step
) -> list[Letter]:
    """Hand over messages on one connection; return those still to try when it is lost."""
    for at, letter in enumerate(left):
        done = every.index(letter)
        progress(done, len(every), letter.recipient)
        if done:
            time.sleep(60.0 / server.per_minute)
        if not _send(outbox, smtp, letter):
            return left[at + 1 :]
    return []


def _send(outbox: Outbox, smtp: smtplib.SMTP, letter: Letter) -> bool:
    """Bring one message to its end in this round; return whether the connection is still good."""
    try:
        _offer(smtp, letter)
    except Refused as refused:
        noted = outbox.note(letter, refused.said)
        if refused.for_good:
            outbox.move(noted, "failed")
        return _reset(smtp)
    sending = outbox.move(letter, "sending")
    try:
        _write(smtp, outbox.content(sending))
        code, words = smtp.getreply()
    except (OSError, smtplib.SMTPException) as lost:
        outbox.move(outbox.note(sending, _said(lost)), "unknown")
        smtp.close()
        return False
    outbox.move(outbox.note(sending, _reply(code, words)), ENDINGS.get(code // 100, "unknown"))
    return True


def _offer(smtp: smtplib.SMTP, letter: Letter) -> None:
    """Name sender and recipient and ask leave to send the text. Raise Refused; nothing has been sent by then."""
    try:
        for answer in (smtp.mail(letter.sender), smtp.rcpt(letter.recipient)):
            if answer[0] // 100 != TAKEN // 100:
                raise Refused(_reply(*answer), for_good=answer[0] >= FOR_GOOD)
        code, words = smtp.docmd("DATA")
    except UnicodeEncodeError as error:
        raise Refused(str(error), for_good=True) from error
    except (OSError, smtplib.SMTPException) as lost:
        raise Refused(_said(lost), for_good=False) from lost
    if code != GO_AHEAD:
        raise Refused(_reply(code, words), for_good=code >= FOR_GOOD)


def _write(smtp: smtplib.SMTP, content: bytes) -> None:
    """Send the text with the time it leaves, dots at line starts doubled, and the line that ends it."""
    dated = b"Date: " + formatdate(localtime=True).encode() + b"\r\n" + content
    lines = re.sub(rb"(?m)^\.", b"..", dated)
    smtp.send(lines if lines.endswith(b"\r\n") else lines + b"\r\n")
    smtp.send(b".\r\n")


def _reset(smtp: smtplib.SMTP) -> bool:
    """Clear what was begun; return whether the connection is still good."""
    try:
        return smtp.rset()[0] == TAKEN
    except (OSError, smtplib.SMTPException):
        smtp.close()
        return False


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    """Yield a connection by the rules of the server's settings. Raise Refused for later, MendInput for never."""
    try:
        smtp = _opened(server)
    except ssl.SSLCertVerificationError as error:
        raise MendInput(BAD_CERTIFICATE, host=server.host, reason=error.verify_message) from error
    except smtplib.SMTPAuthenticationError as error:
        said = _reply(error.smtp_code, error.smtp_error)
        if error.smtp_code < FOR_GOOD:
            raise Refused(said, for_good=False) from error
        raise MendInput(LOGIN_REFUSED, host=server.host, said=said) from error
    except smtplib.SMTPNotSupportedError as error:
        raise MendInput(LOGIN_REFUSED, host=server.host, said=str(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Refused(_said(error), for_good=False) from error
    try:
        yield smtp
    finally:
        with suppress(OSError, smtplib.SMTPException):  # everything has had its answer: a goodbye may go unheard
            smtp.quit()


def _opened(server: Server) -> smtplib.SMTP:
    """Connect, turn TLS on, log in."""
    if server.security == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=server.timeout, context=server.context()
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            _turn_tls_on(smtp, server)
        if server.user is not None and server.password is not None:
            smtp.login(server.user, server.password)
    except (OSError, smtplib.SMTPException, ReportkitError):
        smtp.close()
        raise
    return smtp


def _turn_tls_on(smtp: smtplib.SMTP, server: Server) -> None:
    if smtp.has_extn("starttls"):
        smtp.starttls(context=server.context())
        smtp.ehlo()
    elif not server.insecure:
        raise MendInput(NO_TLS, host=server.host)


def _reply(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"


def _said(error: Exception) -> str:
    """Return what there is to say about a connection that failed."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _reply(error.smtp_code, error.smtp_error)
    return str(error) or NO_ANSWER.en
