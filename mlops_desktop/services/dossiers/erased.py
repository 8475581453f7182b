"""Texts that were erased, as a dossier names the gap."""

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.dossier.content import Missing, Reason


def gap_of(text: Erasable) -> Missing:
    """Return the gap where a text was erased, with the day and the rule as far as known."""
    erasure = text.erasure
    if erasure is not None and erasure.is_withheld:
        return Missing(Reason.WITHHELD)
    return Missing(Reason.ERASED, f"{erasure.day}, {erasure.rule}" if erasure is not None else "")
