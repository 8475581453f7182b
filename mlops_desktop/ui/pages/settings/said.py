"""Words that the sections share."""

from dataclasses import replace

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.label import Tone
from mlops_desktop.ui.widgets.sections import Fact


def say(context: Context, key: str, /, **parameters: str | int) -> str:
    """Return a sentence of this page."""
    return context.say(f"settings.{key}", **parameters)


def fact(context: Context, name: str, value: str | None, gap: str = "none") -> Fact:
    """Return a named value, or the word for its gap."""
    tone: Tone = "" if value else "faint"
    return Fact(say(context, f"field.{name}"), value or say(context, f"gap.{gap}"), tone)


def path_fact(context: Context, name: str, value: str | None, gap: str = "none") -> Fact:
    """Return the same of a path, which is read whole."""
    return replace(fact(context, name, value, gap), whole=True)
