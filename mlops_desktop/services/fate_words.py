"""The fate of an event in words."""

from mlops_desktop.core.events.copies import Fate
from mlops_desktop.services.wording import read_words

_RULES = ("copies.rule.{}", "approvals.refusal.{}", "items.refusal.{}")


def say_fate(fate: Fate, rule: str | None, language: str) -> str:
    """Return in a few words what became of an event, and the rule that refused it."""
    words = read_words(language)
    told = words.text(f"copies.fate.{fate.value}")
    if rule is None:
        return told
    keys = (pattern.format(rule) for pattern in _RULES)
    named = next((words.text(key) for key in keys if key in words), rule)
    return f"{told}: {named}"
