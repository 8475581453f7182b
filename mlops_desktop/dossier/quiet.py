"""Keeps the PDF libraries' own log lines out of the user's terminal: the verdict says it all."""

import logging

from mlops_desktop.dossier.x500 import accept_names

_LOUD = ("pyhanko", "pyhanko_certvalidator", "pikepdf")


def silence_libraries() -> None:
    """Stop the libraries' warnings from reaching the root logger, and their faults with names."""
    accept_names()
    for name in _LOUD:
        logger = logging.getLogger(name)
        logger.propagate = False
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
