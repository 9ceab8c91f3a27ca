"""A report as an e-mail message: HTML that reads well on a phone, plain text beside it, the workbook attached."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email import policy
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reportkit.definitions import report_words
from reportkit.definitions.errors import MendInput
from reportkit.definitions.text import Text
from reportkit.mail import words
from reportkit.mail.chart import score_chart
from reportkit.mail.encryption import encrypted
from reportkit.mail.material import Material
from reportkit.mail.recipients import Delivery
from reportkit.mail.view import View, view_of
from reportkit.workbooks import style

if TYPE_CHECKING:
    from jinja2 import Environment

SPREADSHEET: Final = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHART_ID: Final = "chart@reportkit"
SEVEN_BIT: Final = policy.SMTP.clone(cte_type="7bit")  # every server takes it as it is
ID_LENGTH: Final = 20
UNFIT: Final = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+')  # in the name of a file
LONGEST_NAME: Final = 60  # characters: Chinese ones take three bytes of the 255 a name may have


@dataclass(frozen=True)
class Composed:
    """A message and the subject it has."""

    subject: str
    content: bytes


def message_id(material: Material, delivery: Delivery) -> str:
    """Return the id of a message: the same for the same branch, week, report, recipient and published figures."""
    branch, email = material.settings.branch.code, (delivery.email or "").casefold()
    parts = (branch, material.week, delivery.report, delivery.who, email, material.version(delivery))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:ID_LENGTH]


def compose(
    material: Material,
    delivery: Delivery,
    *,
    sender: str | None = None,
    password: str | None = None,
    corrected: bool = False,
) -> Composed:
    """Return a recipient's message; without a sender it is a draft that mail programs open as not yet sent.

    With a password the attachment asks for it. `corrected` says in the subject that it replaces an earlier one.
    """
    language, identity = material.settings.language, message_id(material, delivery)
    file = attachment_name(material, delivery)
    view = view_of(material, delivery, file, locked=password is not None)
    subject = words.SUBJECT.fill(language, week=material.week, title=view.title)
    if corrected:
        subject = words.CORRECTED.fill(language, subject=subject)
    workbook = material.workbook(delivery)
    message = EmailMessage(policy=SEVEN_BIT)
    message["Subject"] = _one_line(subject)
    message["To"] = _address(delivery.name, delivery.email or "")
    if sender is None:
        message["X-Unsent"] = "1"
    else:
        message["From"] = _address(view.branch, sender)
        message["Message-ID"] = f"<{identity}@{sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
    _fill(message, view)
    attached = workbook if password is None else encrypted(workbook, password)
    message.add_attachment(attached, maintype="application", subtype=SPREADSHEET, filename=file)
    message["Content-Language"] = language
    _fix_boundaries(message, identity)
    return Composed(subject, message.as_bytes())


def _fill(message: EmailMessage, view: View) -> None:
    """Add the text, the HTML beside it, and the chart within the HTML where this machine can draw one."""
    picture = score_chart(view.scores, [bar.label for bar in view.trend])
    message.set_content(rendered("report.txt.j2", view, chart=None))
    message.add_alternative(rendered("report.html.j2", view, chart=CHART_ID if picture else None), subtype="html")
    if picture:
        html = message.get_payload()[1]  # type: ignore[index] # the alternative just added
        assert isinstance(html, EmailMessage)  # noqa: S101 # as `add_alternative` makes it
        html.add_related(picture, "image", "png", cid=f"<{CHART_ID}>", filename="chart.png", disposition="inline")


def rendered(template: str, view: View, *, chart: str | None) -> str:
    """Return a template filled; what people typed is escaped in HTML."""

    def said(text: Text, **places: object) -> str:
        return text.fill(view.language, **places)

    filled = _templates().get_template(template)
    return filled.render(view=view, chart=chart, t=said, words=words, report=report_words, style=style)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
    except ImportError as error:
        raise MendInput(words.NEEDS_EXTRA, what="Jinja2", extra="mail") from error
    return Environment(
        loader=PackageLoader("reportkit.mail"),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), disabled_extensions=("txt.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def attachment_name(material: Material, delivery: Delivery) -> str:
    """Return the name of the workbook as the recipient saves it: week, whose."""
    return f"{material.week} {as_file_name(delivery.title)}.xlsx"


def as_file_name(text: str) -> str:
    """Return a text as part of a file's name on any system: nothing that is not allowed there, and not too long."""
    return UNFIT.sub(" ", text).strip()[:LONGEST_NAME].strip()


def _address(name: str, email: str) -> Address:
    """Return an address with the name of its person. Raise MendInput where it is none."""
    try:
        return Address(display_name=_one_line(name), addr_spec=email)
    except (ValueError, IndexError, HeaderParseError) as error:
        raise MendInput(words.BAD_ADDRESS, email=email) from error


def is_address(email: str) -> bool:
    """Return whether mail can be sent to an address."""
    try:
        return bool(_address("", email).domain)
    except MendInput:
        return False


def _one_line(text: str) -> str:
    """Return a text as a header takes it: a line break in it could begin another header."""
    return " ".join(text.split())


def _fix_boundaries(message: EmailMessage, identity: str) -> None:
    """Name the lines between the parts by the message's id, so that the same message has the same bytes."""
    for at, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{identity}_{at}")
