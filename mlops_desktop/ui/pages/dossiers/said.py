"""Dossiers in words: verdicts, checks, signatures, and what became of a file."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from mlops_desktop.services.declared import restate
from mlops_desktop.services.rows import DossierRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.dossiers.shelf import Found, Place
from mlops_desktop.ui.pages.ledger.checks import CheckLine
from mlops_desktop.ui.pages.models.said import say_moment
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.sections import Fact

if TYPE_CHECKING:
    from mlops_desktop.services.dossiers.verification import Verified

_VERDICTS: dict[str, Mood] = {
    "valid": "good",
    "untrusted": "warn",
    "indeterminate": "warn",
    "changed": "bad",
    "not_a_dossier": "bad",
    "damaged": "bad",
}
_FILES: dict[Found, Mood] = {
    Found.SAME: "info",
    Found.EARLIER: "warn",
    Found.LATER: "info",
    Found.CHANGED: "bad",
    Found.GONE: "idle",
    Found.ELSEWHERE: "idle",
}
_RESULTS: dict[bool | None, tuple[Mood, str]] = {
    True: ("good", "ledger.result.passed"),
    False: ("bad", "ledger.result.failed"),
    None: ("idle", "dossiers.result.not_run"),
}
SHORT = 12
"""How many characters of a digest tell two files apart for a reader."""


def say_verdict(context: Context, outcome: str) -> Status:
    """Return the chip of a verdict."""
    return Status(_VERDICTS[outcome], context.say(f"dossier.verdict.{outcome}"))


def say_unverified(context: Context, *, has_failed: bool) -> Status:
    """Return the state of a file whose checks are not known: read now, or not to be read."""
    if has_failed:
        return Status("warn", context.say("dossiers.files.not_verified"))
    return Status("info", context.say("dossiers.detail.verifying"))


def say_place(context: Context, place: Place) -> Status:
    """Return the chip of what became of a file."""
    return Status(_FILES[place.found], context.say(f"dossiers.file.{place.found.value}"))


def say_recorded(context: Context, verified: "Verified") -> Status | None:
    """Return the chip of whether this workspace issued exactly this file."""
    if verified.is_recorded is None:
        return None
    if verified.is_recorded:
        return Status("good", context.say("dossiers.recorded.yes"))
    return Status("idle", context.say("dossiers.recorded.no"))


def say_checks(context: Context, verified: "Verified") -> tuple[CheckLine, ...]:
    """Return the checks as lines with their sentences."""
    words, lines = context.language.words, []
    for check in verified.verdict.checks:
        mood, key = _RESULTS[check.ok]
        status = Status(mood, context.say(key))
        line = CheckLine(check.number, check.title(words), status, (check.detail(words),))
        lines.append(replace(line, shows_word=False))
    return tuple(lines)


def say_signatures(context: Context, verified: "Verified") -> tuple[CheckLine, ...]:
    """Return who signed, as what, with which meaning and level, and when."""
    digest = next(check for check in verified.verdict.checks if check.name == "digest")
    mood, key = _RESULTS[digest.ok]
    status, lines = Status(mood, context.say(key)), []
    for one in verified.verdict.signatures:
        at = context.language.time(one.at) if one.at else context.say("dossiers.signature.no_time")
        level = "" if one.level == "none" else one.level
        proven = context.language.time(one.proven_at) if one.proven_at else ""
        told = (
            ("role", say_role(context, one.role)),
            ("meaning", one.meaning),
            ("means", restate(one.meaning, context.language.code)),
            ("level", level),
            ("at", at),
            ("proven", proven),
            ("eidas", context.say(f"signature_levels.eidas.{one.eidas or 'none'}")),
        )
        sentences = tuple(
            context.say(f"dossiers.signature.{name}", said=said) for name, said in told if said
        )
        lines.append(CheckLine(0, one.name, status, sentences, shows_word=False))
    return tuple(lines)


def say_role(context: Context, role: str) -> str:
    """Return a role that a signature states, in words where it is one of ours."""
    key = f"dossier.codes.{role}"
    return context.say(key) if role and key in context.language.words else role


def say_as_of(context: Context, row: DossierRow) -> str:
    """Return the day a dossier shows: one, or where they differ both."""
    if row.as_known is None and row.as_at is None:
        return context.say("dossiers.as_of.issue")
    days = [context.language.date(date.fromisoformat(day)) for day in (row.as_at, row.as_known)
            if day is not None]  # fmt: skip
    if len(set(days)) == 1:
        return days[0]
    return context.say("dossiers.as_of.both", at=days[0], known=days[1])


def say_subject(context: Context, row: DossierRow) -> str:
    """Return what a dossier is about: a model's name, or how many models and how many drawn."""
    if row.scope == "model":
        return row.model_name or row.model_id
    kind = context.say(f"dossiers.subject.{row.scope}")
    number = context.language.number
    if row.population is None:
        return f"{kind}: {row.profile}" if row.profile else kind
    told = context.language.words.text(
        f"dossiers.subject.{'one' if row.population == 1 else 'other'}", n=number(row.population)
    )
    if row.drawn:
        told = context.say("dossiers.subject.drawn", told=told, n=number(row.drawn))
    return f"{kind}: {told}"


def say_language(context: Context, code: str) -> str:
    """Return what the language of a dossier is called."""
    key = f"dossier.languages.{code}"
    return context.say(key) if key in context.language.words else code


def say_waiting(context: Context, row: DossierRow) -> tuple[CheckLine, ...]:
    """Return the places that are still empty as lines: whose turn it is, and who comes after."""
    me, lines = context.session.actor.person, []
    for place in row.places:
        if place.digest is None:
            due = place == row.next_place
            key = ("mine" if place.person == me else "due") if due else "later"
            said = context.say(f"dossiers.places.{key}")
            status = Status("warn" if due else "idle", said)
            lines.append(CheckLine(0, f"{place.place}. {place.name}", status, (said,), False))
    return tuple(lines)


def say_places(context: Context, row: DossierRow) -> tuple[Fact, ...]:
    """Return who countersigns in order: signed when, due now, or later."""
    facts = []
    for place in row.places:
        if place.at is not None and place.digest is not None:
            said = context.say("dossiers.places.signed", at=say_moment(context, place.at))
        else:
            due = "due" if place == row.next_place else "later"
            said = context.say(f"dossiers.places.{due}")
        facts.append(Fact(f"{place.place}. {place.name}", said))
    return tuple(facts)
