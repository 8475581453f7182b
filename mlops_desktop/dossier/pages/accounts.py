"""What an event is about, in words: the ledger extract tells it in codes and names."""

import re
from dataclasses import replace

from mlops_desktop.dossier.content import Entry
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages.sheet import Sheet

#: Fields that were changed, a verdict, a step: names of the program's own, which have words.
_CODE = r"-?[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?"
_CODES = re.compile(f"{_CODE}(?:, {_CODE})*")
_RUNS = re.compile(r"(.* → )(\S+)( \(.*\))?")
_WHERE = re.compile(r"(.+) / (\S+)")
_NUMBERED = re.compile(r"([A-Z]{1,3}-\d{5,}): (.+)")
_EDITION = re.compile(r"(.+) / (\d[\w.]*)")
#: Events about one edition of a template, a rule or a profile: its name and its number.
_EDITIONS = frozenset(
    {
        "model.tiered",
        "profile.added",
        "rule.activated",
        "rule.archived",
        "tier_template.activated",
        "tier_template.archived",
    }
)
#: What the name is one of, where it is not a field's or a step's.
_GROUPS = {
    "approval.decided": ("decision", ""),
    "approval.requested": ("environment", ""),
    "approval.refused": ("refused", ""),
    "campaign.answered": ("codes", "attest_answer."),
    "model.linked": ("codes", "link."),
    "model.moved": ("codes", "move."),
    "model.scoped": ("codes", ""),
    "model.unlinked": ("codes", "link."),
    "permission.answered": ("codes", "permission."),
}
_DEPLOYED = frozenset({"deployment.closed", "deployment.opened"})


def say_summary(sheet: Sheet, entry: Entry) -> str:
    """Return the account of an event, its names of fields, verdicts and steps as words."""
    if found := _NUMBERED.fullmatch(entry.summary):
        return f"{found[1]}: {say_summary(sheet, replace(entry, summary=found[2]))}"
    told = entry.summary
    if entry.type in _GROUPS:
        group, before = _GROUPS[entry.type]
        return sheet.language.term(group, before + told).removeprefix(before)
    if entry.type == "permission.needed" and (found := _WHERE.fullmatch(told)):
        return f"{found[1]}, {sheet.language.term('environment', found[2])}"
    if entry.type in _DEPLOYED and (found := _RUNS.fullmatch(told)):
        place = sheet.language.term("environment", found[2])
        return f"{found[1]}{place}{found[3] or ''}"
    if entry.type in _EDITIONS and (found := _EDITION.fullmatch(told)):
        return sheet.say("edition", name=found[1], version=found[2])
    if not _CODES.fullmatch(told):
        return told
    return ", ".join(_field(sheet, entry.type, code) for code in told.split(", "))


def _field(sheet: Sheet, event: str, code: str) -> str:
    """Return what a field is called; where it was emptied, its name has a sign before it."""
    name = code.removeprefix("-")
    own = (one for part in sheet.facts.inventory for one in part.fields if one.name == name)
    labels = [one.label for one in own if one.label is not None]
    word = sheet.language.either(labels[0]) if labels else _word(sheet.language, event, name)
    return sheet.say("emptied", field=word) if name != code else word


def _word(language: Language, event: str, code: str) -> str:
    """Return the word for a name in the account of an event, or the name where there is none."""
    noun, _, verb = event.partition(".")
    step, field = ("codes", f"{noun}.step.{code}"), ("field", f"{noun}.{code}")
    first = (step, field) if verb == "moved" else (field, step)
    for group, name in (*first, ("codes", f"{noun}.{code}"), ("field", code), ("codes", code)):
        word = language.term(group, name)
        if word != name:
            return word
    return code
