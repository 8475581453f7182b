"""The fate of an event in words."""

from mlops_desktop.core.events.copies import Fate
from mlops_desktop.services.wording import read_words


def say_fate(fate: Fate, rule: str | None, language: str) -> str:
    """Return in a few words what became of an event, and the rule that refused it."""
    words = read_words(language)
    told = words.text(f"copies.fate.{fate.value}")
    if rule is None:
        return told
    key = f"copies.rule.{rule}"
    return f"{told}: {words.text(key) if key in words else rule}"
