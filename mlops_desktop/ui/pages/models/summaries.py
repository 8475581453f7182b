"""What an event is about in words: the ledger keeps its codes, a person reads none."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from mlops_desktop.core.custom_fields import PREFIX, Field
from mlops_desktop.core.items.kinds import kinds
from mlops_desktop.services.fate_words import say_fate
from mlops_desktop.services.ledger import LogRow
from mlops_desktop.services.own_values import is_own
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.own import label_of
from mlops_desktop.ui.pages.models.said import say_code
from mlops_desktop.ui.text import tr

_CODES = {
    "model.moved": "models.move.{}",
    "model.edited": "models.field.{}",
    "model.linked": "dossier.codes.link.{}",
    "candidate.rejected": "models.verdict.{}",
    "approval.decided": "approvals.decision.{}",
    "approval.requested": "models.code.environment.{}",
    "approval.refused": "approvals.refusal.{}",
    "campaign.answered": "attestations.answer.{}",
    "permission.answered": "oversight.permission.{}",
    "dossier.exported": "dossiers.order.kind_{}",
    "resolution.signed": "dossier.step.{}",
}
"""Which words stand for the codes in an event's summary."""
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_ENVIRONMENT = re.compile(r"\b(?:production|staging|test|development)\b")
_PLACED = frozenset(
    ("deployment.opened", "emergency.recorded", "permission.needed", "permit.issued")
)


def say_summary(context: Context, row: LogRow, own: Iterable[Field] = ()) -> str:
    """Return what an event is about, its codes in words; ``own`` are the workspace's own fields.

    Of one that is held back it says why it counts for nothing.
    """
    about = _say_about(context, row, own)
    if row.fate is None:
        return about
    fate = say_fate(row.fate, row.rule, context.language.code)
    return f"{about} ({fate})" if about else fate


def _say_about(context: Context, row: LogRow, own: Iterable[Field]) -> str:
    if _ID(row.summary):
        return ""
    pattern = _CODES.get(row.type)
    if pattern is not None:
        labels = {one.definition.key: label_of(context, one.definition) for one in own}
        return _each(row.summary, lambda code: _say_code(context, pattern, code, labels))
    noun, _, verb = row.type.partition(".")
    if noun in {kind.noun for kind in kinds()}:
        return _say_item(context, noun, verb, row.summary)
    return _say_places(context, row)


def _each(summary: str, say: Callable[[str], str]) -> str:
    return ", ".join(map(say, summary.split(", ")))


def _say_item(context: Context, noun: str, verb: str, summary: str) -> str:
    """Say a step or the fields that were changed; that it was opened says all the fields it has."""
    from mlops_desktop.ui.pages.governance.said import say_field, say_taken

    if verb == "moved":
        part, _, name = summary.rpartition(".")
        return context.say(f"item.{noun}.{summary}") if part else say_taken(context, noun, name)
    if verb == "edited":
        return _each(summary, lambda field: say_field(context, noun, field))
    return ""


def _say_places(context: Context, row: LogRow) -> str:
    told = _DAY.sub(lambda day: context.language.date(date.fromisoformat(day[0])), row.summary)
    if row.type not in _PLACED:
        return told
    return _ENVIRONMENT.sub(lambda found: say_code(context, "environment", found[0]), told)


def _say_code(context: Context, pattern: str, code: str, labels: Mapping[str, str]) -> str:
    words, name = context.language.words, code.removeprefix("-")
    key = pattern.format(name)
    if key not in words and not is_own(name):
        return code
    said = labels.get(name, name.removeprefix(PREFIX)) if is_own(name) else words.text(key)
    return tr("{field} emptied", field=said) if code.startswith("-") else said
