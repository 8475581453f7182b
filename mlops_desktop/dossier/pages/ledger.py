"""The ledger extract: the head that everything is proved against, and the events."""

from mlops_desktop.dossier.content import Entry, Missing, Scope
from mlops_desktop.dossier.pages.accounts import say_summary
from mlops_desktop.dossier.pages.sheet import Sheet, Story, table
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.flow import Heading, Text
from mlops_desktop.dossier.typeset.ink import INK, Align
from mlops_desktop.dossier.typeset.lines import Style
from mlops_desktop.dossier.typeset.table import CODE, STRONG, Column, Table

_NOTE = Style(fonts.MONO, 7, 10, INK)


def build(sheet: Sheet) -> Story:
    """Return head, checkpoint and events."""
    story = [sheet.lead("ledger.lead"), *_head(sheet)]
    is_model = sheet.document.scope is Scope.MODEL
    title = sheet.say("ledger.events" if is_model else "ledger.bounds")
    story.append(Heading(title, 1, "ledger-events"))
    return [*story, *_events(sheet)]


def build_events(sheet: Sheet) -> Story:
    """Return the events alone, where the head stands in front."""
    return [sheet.lead("ledger.in_part"), *_events(sheet)]


def _events(sheet: Sheet) -> Story:
    entries = sheet.facts.ledger.entries
    if isinstance(entries, Missing):
        return [sheet.gap(entries)]
    columns = (
        Column(sheet.say("column.position"), 0.10, STRONG, Align.RIGHT),
        Column(sheet.say("column.recorded"), 0.19),
        Column(sheet.say("column.event"), 0.28),
        Column(sheet.say("column.actor"), 0.17),
        Column(sheet.say("column.leaf"), 0.26, CODE),
    )
    rows = [_row(sheet, entry) for entry in entries]
    return [Table(columns, rows), sheet.note("ledger.proofs")]


def _head(sheet: Sheet) -> Story:
    checkpoint = sheet.facts.ledger.checkpoint
    language = sheet.language
    rows = (
        ("head_size", language.integer(checkpoint.head.size)),
        ("head_root", language.digest(checkpoint.head.root)),
        ("head_at", language.moment(checkpoint.at)),
        ("head_keys", language.several(checkpoint.keys)),
    )
    return [
        table(*((sheet.say(f"column.{name}"), value) for name, value in rows)),
        Heading(sheet.say("ledger.checkpoint"), 2, "ledger-checkpoint", outline=False),
        Text(checkpoint.note.rstrip("\n"), _NOTE, after=8),
    ]


def _row(sheet: Sheet, entry: Entry) -> tuple[str, ...]:
    language = sheet.language
    when = language.moment(entry.at)
    if entry.effective != entry.at.date():
        when = sheet.say("ledger.effective", recorded=when, effective=language.day(entry.effective))
    return (
        language.integer(entry.position),
        when,
        f"{language.term('event', entry.type)}\n{say_summary(sheet, entry)}".rstrip(),
        entry.actor,
        entry.leaf,
    )
