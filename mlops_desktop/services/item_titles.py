"""What an item is called where people read it: its title, or the words of what ranks it."""

import re

from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.wording import Words, with_capital
from mlops_desktop.services.field_texts import field_forms
from mlops_desktop.store.queries.items import ItemRow

_MEASURED = re.compile(
    r" -?\d+(\.\d+)?"
    r"(?:(?P<unit> [^<>≤≥∉]+?)? (?:[<>≤≥] -?[\d.]+|∉ \S+ … \S+)(?(unit)(?P=unit)))?$"
)
"""What the program writes at the end of a breach's title: value and threshold, each in its unit."""
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


def title_of(words: Words, row: ItemRow) -> str:
    """Return an item's title; what the program opened has none and goes by its ranked field.

    Empty where the title was erased: who shows it says when and by which rule.
    """
    key = key_of(row)
    if key:
        return with_capital(words.text(key))
    return say_title(words, row.kind, row.title)


def say_title(words: Words, kind: str, title: str) -> str:
    """Return a title on record, what the program measured in it as the language writes numbers."""
    is_measured = kind == "breach" and words.language == "de"
    return _MEASURED.sub(_with_comma, title) if is_measured else title


def say_place(words: Words, text: str) -> str:
    """Return where a rule is broken in words: ``8 production LU`` as the program keeps it."""
    parts = text.split(" ")
    keys = [f"dossier.codes.environment.{part}" for part in parts]
    at = next((at for at in range(len(parts) - 1, -1, -1) if keys[at] in words), None)
    if at is None:
        return text
    told = (" ".join(parts[:at]), words.text(keys[at]), " ".join(parts[at + 1 :]))
    return ", ".join(filter(None, told))


def _with_comma(found: re.Match[str]) -> str:
    return _POINT.sub(",", found[0])


def key_of(row: ItemRow) -> str:
    """Return the key of the words that stand for a title; empty where there is or was one."""
    kind = kind_named(row.kind)
    if row.title or row.erasure is not None or kind.ranked is None:
        return ""
    (form,) = (one for one in field_forms(kind.details) if one.name == kind.ranked)
    is_known = row.rank < len(form.choices)
    return f"item.{kind.noun}.choice.{form.choices[row.rank]}" if is_known else ""
