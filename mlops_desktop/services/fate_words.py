"""The fate of an event in words."""

from mlops_desktop.core.events.copies import Fate
from mlops_desktop.services.wording import CODES, read_words, say_code


def say_fate(fate: Fate, rule: str | None, language: str) -> str:
    """Return in a few words what became of an event, and the rule that refused it."""
    told = read_words(language).text(f"copies.fate.{fate.value}")
    if rule is None:
        return told
    return f"{told}: {say_code(CODES['refusal'], rule, language)}"
