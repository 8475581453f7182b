"""A passphrase is stretched once a run: with the same salt it comes to the same key every time.

A third of the time of all tests went into it, for every test's bank is a copy with the same keys.
A wrong passphrase, or a new salt, is stretched as in the program.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def _once(call: Callable[P, T]) -> Callable[P, T]:
    """Return ``call`` with its answers kept; what it refuses is asked again."""
    answers: dict[tuple[object, ...], T] = {}

    @wraps(call)
    def asked(*given: P.args, **named: P.kwargs) -> T:
        if given not in answers:
            answers[given] = call(*given, **named)
        return answers[given]

    return asked


def pytest_configure() -> None:
    """Keep the answers for as long as the process runs."""
    from mlops_desktop.outside import cipher, credentials
    from mlops_desktop.outside.http_redaction import remember_secret

    stretch = _once(cipher._stretch)

    def stretch_and_remember(passphrase: str, salt: bytes) -> bytes:
        remember_secret(passphrase)
        return stretch(passphrase, salt)

    cipher._stretch = stretch_and_remember
    credentials._load = _once(credentials._load)
