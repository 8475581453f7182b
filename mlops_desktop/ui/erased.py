"""Texts that were erased, as the window names the gap."""

from datetime import date

from mlops_desktop.core.erasable import Erasable, Erasure
from mlops_desktop.ui.context import Context


def say_erased(context: Context, erasure: Erasure | None) -> str:
    """Return that a text was erased, with the day and the rule as far as known."""
    if erasure is None:
        return context.say("item.erased")
    if erasure.is_withheld:
        return context.say("item.withheld")
    day = context.language.date(date.fromisoformat(erasure.day))
    return context.say("retention.erased", day=day, rule=erasure.rule)


def say_words(context: Context, words: Erasable | None) -> str:
    """Return free text, or by which rule it was erased; empty where there is none."""
    if words is None:
        return ""
    return say_erased(context, words.erasure) if words.text is None else words.text
