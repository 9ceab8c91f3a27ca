"""A run that fills an outbox and sends it, to be killed: python -m tests.mail_sender ROOT COUNT."""

import sys
from pathlib import Path

from reportkit.mail.outbox import Letter, Outbox
from reportkit.mail.server import server_from
from reportkit.mail.transport import Patience, deliver


def letter(at: int) -> Letter:
    return Letter(f"id{at:03}", "2026-W47", "advisor", f"A{at:03}", "desk@example.com", f"a{at}@example.com", "周报")


def content(one: Letter) -> bytes:
    return (
        f"Message-ID: <{one.id}@example.com>\r\nSubject: {one.id}\r\n\r\nbody\r\n.dot\r\n".encode() + b"line\r\n" * 2000
    )


def main(root: Path, count: int) -> None:
    outbox = Outbox(root)
    with outbox.held():
        for at in range(count):
            outbox.put(letter(at), content(letter(at)))
        deliver(outbox, server_from(), patience=Patience(attempts=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
