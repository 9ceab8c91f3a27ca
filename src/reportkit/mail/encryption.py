"""Attachments that open with a password only, and proof that they do."""

from __future__ import annotations

import io
import os

from reportkit.definitions.errors import MendInput, OurBug
from reportkit.mail.server import from_keyring
from reportkit.mail.words import NEEDS_EXTRA, NO_ATTACHMENT_PASSWORD, NOT_ENCRYPTED


def password_for(email: str) -> str:
    """Return a recipient's own password of the keyring, else the branch's. Raise MendInput where there is none."""
    password = (
        from_keyring(f"attachment {email}") or os.environ.get("REPORTKIT_MAIL_PASSWORD") or from_keyring("attachment")
    )
    if not password:
        raise MendInput(NO_ATTACHMENT_PASSWORD)
    return password


def encrypted(content: bytes, password: str) -> bytes:
    """Return a workbook that asks for a password; it has been opened again with it, or OurBug is raised."""
    try:
        from msoffcrypto import OfficeFile
        from msoffcrypto.format.ooxml import OOXMLFile
    except ImportError as error:
        raise MendInput(NEEDS_EXTRA, what="msoffcrypto", extra="crypt") from error
    locked, opened = io.BytesIO(), io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, locked)
    file = OfficeFile(io.BytesIO(locked.getvalue()))
    file.load_key(password=password)
    file.decrypt(opened)
    if opened.getvalue() != content:
        raise OurBug(NOT_ENCRYPTED)
    return locked.getvalue()
