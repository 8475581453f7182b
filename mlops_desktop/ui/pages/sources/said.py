"""Sources in words: their state, what a reading gave, what failed and what to do about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.sources import StreamFailure, SyncCounts
from mlops_desktop.services.rows import AddressForm, Description, SourceRow
from mlops_desktop.services.source_settings import describe_kind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.sections import Fact, Group

LIVE = "live"
FATES = ("read", "new", "changed", "unchanged", "missing", "held_back", "refused")
"""What became of the facts of a reading, in the order they are told."""

_MOODS: dict[str, Mood] = {"missing": "warn", "held_back": "warn", "refused": "bad"}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something could not be read: codes with their sentences, and the source's own words."""

    stream: str
    code: str
    detail: str
    reason: str | None = None


def troubles_of(failures: Iterable[StreamFailure]) -> tuple[Trouble, ...]:
    """Return what a reading on record could not read."""
    return tuple(Trouble(one.stream, one.code, one.detail) for one in failures)


def needs_person(row: SourceRow) -> bool:
    """Tell whether the last reading failed somewhere, left parts, or waits for a confirmation."""
    if row.result is None:
        return False
    return bool(row.result.failures or row.result.counts.held_back) or has_unread(row)


def has_unread(row: SourceRow) -> bool:
    """Tell whether the source could not read a part (a file) of what it holds."""
    return row.result is not None and any(one.unread for one in row.result.completed)


def say_kind(context: Context, kind: str) -> str:
    """Return what a kind of source is called."""
    key = f"sources.kind.{kind}"
    return context.say(key) if key in context.language.words else kind


def say_address(context: Context, kind: str, told: Description) -> str:
    """Return an example of a kind's address, one of its form where the kind has none."""
    own = f"sources.address.{kind}"
    is_own = own in context.language.words
    return context.say(own if is_own else f"sources.example.{told.address.value}")


def tested_groups(context: Context, kind: str) -> tuple[Group, ...]:
    """Return what should be known of a kind that was tried against recorded answers alone."""
    try:
        is_live = describe_kind(kind).tested == LIVE
    except AppError:
        return ()  # an extension that is not there any more
    if is_live:
        return ()
    title, meaning = (context.say(f"sources.tested.{part}") for part in ("recorded", "meaning"))
    return (Group("", lead=meaning, status=Status("warn", title)),)


def say_stream(context: Context, stream: str) -> str:
    """Return what a stream lists."""
    key = f"sources.stream.{stream}"
    return context.say(key) if key in context.language.words else stream


def say_state(context: Context, row: SourceRow, *, is_reading: bool = False) -> Status:
    """Return the chip of a source: reached, failed with what, or never read."""
    if is_reading:
        return Status("info", context.say("sources.state.reading"))
    if row.result is None:
        return Status("idle", context.say("sources.state.never_read"))
    failures = row.result.failures
    if failures and not row.result.completed:
        return Status("bad", say_problem(context, failures[0].code))
    if failures or has_unread(row):
        return Status("warn", context.say("sources.state.incomplete"))
    if row.result.counts.held_back:
        return Status("warn", context.say("sources.state.held_back"))
    return Status("good", context.say("sources.state.reached"))


def say_problem(context: Context, code: str) -> str:
    """Return in two words why a source was not read."""
    key = f"dossier.problem.{code}"
    return context.say(key) if key in context.language.words else code


def say_reason(context: Context, trouble: Trouble) -> str:
    """Return exactly what went wrong: the reason in words, or the source's own."""
    key = f"failures.reasons.{trouble.reason}"
    if trouble.reason and key in context.language.words:
        return context.say(key, detail=trouble.detail).strip()
    return trouble.detail


def explain_trouble(context: Context, trouble: Trouble) -> tuple[str, str, str]:
    """Return what happened, what it means and what to do."""
    words = context.language.words
    parts = (f"failures.{trouble.code}.{part}" for part in ("message", "meaning", "remedy"))
    what, meaning, remedy = (words.text(key) if key in words else "" for key in parts)
    exact = f"failures.remedies.{trouble.reason}"
    remedy = words.text(exact) if exact in words else remedy
    return what or trouble.code, meaning, remedy


def trouble_groups(context: Context, troubles: Iterable[Trouble]) -> Iterator[Group]:
    """Yield a group for each different trouble, with everything that it kept from being read."""
    together: dict[tuple[str, str, str | None], list[str]] = {}
    for one in troubles:
        streams = together.setdefault((one.code, one.detail, one.reason), [])
        streams.append(say_stream(context, one.stream))
    for (code, detail, reason), streams in together.items():
        trouble = Trouble("", code, detail, reason)
        what, meaning, remedy = explain_trouble(context, trouble)
        told = (
            ("reason", say_reason(context, trouble)),
            ("meaning", meaning),
            ("remedy", remedy),
            ("streams", ", ".join(streams)),
        )
        facts = tuple(Fact(context.say(f"sources.trouble.{name}"), said)
                      for name, said in told if said)  # fmt: skip
        yield Group(what, facts)


def count_facts(context: Context, counts: SyncCounts) -> tuple[Fact, ...]:
    """Return the counts of a reading as facts; what needs a look is a chip."""
    return tuple(_count_fact(context, fate, getattr(counts, fate)) for fate in FATES)


def _count_fact(context: Context, fate: str, number: int) -> Fact:
    name, shown = context.say(f"sources.fate.{fate}"), context.language.number(number)
    mood = _MOODS.get(fate)
    if mood is not None and number:
        return Fact(name, shown, status=Status(mood, shown))
    return Fact(name, shown, "" if number or fate == "read" else "faint")


def say_summary(context: Context, counts: SyncCounts) -> str:
    """Return in a sentence what a reading gave."""
    told = [
        say_count(context, f"sources.told.{fate}", getattr(counts, fate))
        for fate in FATES
        if fate != "unchanged" and (fate == "read" or getattr(counts, fate))
    ]
    if len(told) == 1:
        told.append(context.say("sources.told.nothing_new"))
    return ", ".join(told)


def address_of(kind: str) -> AddressForm:
    """Return what the address of a kind is, of an extension that is gone a web address."""
    try:
        return describe_kind(kind).address
    except AppError:
        return AddressForm.HTTP


def has_login(form: AddressForm) -> bool:
    """Whether who reads such an address can have to log in."""
    return form not in (AddressForm.PATH, AddressForm.PROFILE)


def login_of(row: SourceRow) -> str:
    """Return the wording key of how a source is logged in to, as far as it is on record."""
    return "password" if row.username is not None else "token_or_none"
