"""Keeps the PDF libraries' own log lines out of the user's terminal: the verdict says it all."""

import logging

_LOUD = ("pyhanko", "pyhanko_certvalidator", "pikepdf")


def silence_libraries() -> None:
    """Stop the libraries' warnings from reaching the root logger."""
    for name in _LOUD:
        logger = logging.getLogger(name)
        logger.propagate = False
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
