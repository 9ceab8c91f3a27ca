"""Which mail server, and by what right: from the environment or the system's keyring, never from a workbook."""

from __future__ import annotations

import os
import ssl
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from reportkit.definitions.errors import MendInput
from reportkit.mail.words import BAD_SETTING, CERTIFICATES, NO_HOST, NO_PASSWORD, NO_SENDER

Security = Literal["starttls", "smtps"]
SMTPS_PORT: Final = 465
SUBMISSION_PORT: Final = 587
LAST_PORT: Final = 65_535
PER_MINUTE: Final = 60.0
TIMEOUT: Final = 60.0
SERVICE: Final = "reportkit"  # the name our passwords have in the keyring


@dataclass(frozen=True)
class Server:
    """A mail server. `ca` is a file of certificates to trust besides the system's, `insecure` allows it without TLS."""

    host: str
    sender: str
    port: int = SUBMISSION_PORT
    security: Security = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: str | None = None
    insecure: bool = False
    per_minute: float = PER_MINUTE
    timeout: float = TIMEOUT

    def context(self) -> ssl.SSLContext:
        """Return what TLS must prove: the server's name, by a certificate this machine trusts.

        Raise MendInput where the file of certificates cannot be read.
        """
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.ca:
            try:
                context.load_verify_locations(self.ca)
            except OSError as error:  # no such file, or no certificates in it
                raise MendInput(BAD_SETTING, name="REPORTKIT_SMTP_CA", value=self.ca, fits=CERTIFICATES) from error
        return context


def server_from(environment: Mapping[str, str] = os.environ, *, insecure: bool = False) -> Server:
    """Return the server the REPORTKIT_SMTP_* variables name. Raise MendInput where they cannot be used."""
    host = environment.get("REPORTKIT_SMTP_HOST")
    if not host:
        raise MendInput(NO_HOST)
    user = environment.get("REPORTKIT_SMTP_USER") or None
    sender = environment.get("REPORTKIT_SMTP_FROM") or (user if user and "@" in user else None)
    if not sender:
        raise MendInput(NO_SENDER)
    port = int(_number(environment, "REPORTKIT_SMTP_PORT", SUBMISSION_PORT, LAST_PORT))
    password = environment.get("REPORTKIT_SMTP_PASSWORD") or (from_keyring(user) if user else None)
    if user and password is None:
        raise MendInput(NO_PASSWORD, user=user)
    return Server(
        host=host,
        sender=sender,
        port=port,
        security=_security(environment, port),
        user=user,
        password=password,
        ca=environment.get("REPORTKIT_SMTP_CA") or None,
        insecure=insecure,
        per_minute=_number(environment, "REPORTKIT_SMTP_PER_MINUTE", PER_MINUTE),
        timeout=_number(environment, "REPORTKIT_SMTP_TIMEOUT", TIMEOUT),
    )


def _security(environment: Mapping[str, str], port: int) -> Security:
    named = environment.get("REPORTKIT_SMTP_SECURITY") or ("smtps" if port == SMTPS_PORT else "starttls")
    if named == "smtps":
        return "smtps"
    if named == "starttls":
        return "starttls"
    raise MendInput(BAD_SETTING, name="REPORTKIT_SMTP_SECURITY", value=named, fits="starttls, smtps")


def _number(environment: Mapping[str, str], name: str, default: float, most: float = sys.float_info.max) -> float:
    written = environment.get(name)
    if not written:
        return default
    try:
        number = float(written)
    except ValueError:
        number = 0.0
    if not 0 < number <= most:
        raise MendInput(BAD_SETTING, name=name, value=written, fits="> 0" if most > LAST_PORT else f"1 – {most:g}")
    return number


def from_keyring(name: str) -> str | None:
    """Return a secret of the system's keyring, or None where there is none, or no keyring."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:  # the extra is not installed: the environment is the other way
        return None
    try:
        return keyring.get_password(SERVICE, name)
    except KeyringError:  # a server without a desktop has no keyring
        return None
