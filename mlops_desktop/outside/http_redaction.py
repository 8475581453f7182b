"""Keeps secrets out of log lines, error details and crash reports."""

import logging
import re
from base64 import b64encode

_MASK = "•••"
_SHORTEST = 4
_known: set[str] = set()

_SHAPES = (
    # user-info in an address
    (re.compile(r"(?<=://)[^/\s@'\"]+@"), f"{_MASK}@"),
    # a word in small letters after "basic" is prose
    (
        re.compile(r"\b([Bb]earer|[Bb]asic)\s+(?=\S*[A-Z0-9._=])[A-Za-z0-9._~+/=-]{4,}"),
        rf"\1 {_MASK}",
    ),
    (
        re.compile(
            r"(?i)\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|private-token)"
            r"(b?['\"]?\s*[:=,]\s*b?['\"]?)[^'\"\r\n]+"
        ),
        rf"\1\2{_MASK}",
    ),
    (
        re.compile(r"(?i)\b(\w*(?:token|password|secret|api_?key))=[^&\s'\"]+"),
        rf"\1={_MASK}",
    ),
)


def remember_secret(secret: str | None) -> None:
    """Hide ``secret`` from now on wherever :func:`redact` is used; shorter than 4 is ignored."""
    if secret and len(secret) >= _SHORTEST:
        _known.add(secret)


def remember_login(username: str | None, password: str | None, token: str | None) -> None:
    """Hide a login's secrets, also in the form that HTTP basic authentication sends."""
    remember_secret(password)
    remember_secret(token)
    if password:
        remember_secret(b64encode(f"{username or ''}:{password}".encode()).decode())


def redact(text: str) -> str:
    """Return ``text`` without known secrets and without what looks like one."""
    for secret in sorted(_known, key=len, reverse=True):
        text = text.replace(secret, _MASK)
    for shape, instead in _SHAPES:
        text = shape.sub(instead, text)
    return text


class RedactingFilter(logging.Filter):
    """Redacts the message, its arguments and the traceback; add it to every handler."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, redacted."""
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        return True
