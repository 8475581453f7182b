"""The files inside this document and the files it refers to, each with its digest."""

from mlops_desktop.dossier.content import Missing
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset.flow import Heading
from mlops_desktop.dossier.typeset.ink import Align
from mlops_desktop.dossier.typeset.table import CELL, CODE, STRONG, Column, Table


def build(sheet: Sheet) -> Story:
    """Return both lists."""
    return [
        sheet.lead("attachments.lead"),
        Heading(sheet.say("attachments.embedded"), 1, "attachments-embedded", outline=False),
        _embedded(sheet),
        Heading(sheet.say("attachments.evidence"), 1, "attachments-evidence", outline=False),
        *_evidence(sheet),
    ]


def _columns(sheet: Sheet) -> tuple[Column, ...]:
    return (
        Column(sheet.say("column.file"), 0.27, STRONG),
        Column(sheet.say("column.holds"), 0.30),
        Column(sheet.say("column.bytes"), 0.13, CELL, Align.RIGHT),
        Column(sheet.say("column.sha256"), 0.30, CODE),
    )


def _embedded(sheet: Sheet) -> Table:
    rows = [
        (
            attachment.name,
            sheet.say(f"attachment.{attachment.term}"),
            sheet.language.integer(len(attachment.data)),
            attachment.sha256,
        )
        for attachment in sheet.attachments
    ]
    return Table(_columns(sheet), rows)


def _evidence(sheet: Sheet) -> Story:
    files = sheet.facts.evidence_files
    if isinstance(files, Missing):
        return [sheet.gap(files)]
    language = sheet.language
    rows = [(f.name, _note(sheet, f.note), language.integer(f.size), f.sha256) for f in files]
    return [Table(_columns(sheet), rows)]


def _note(sheet: Sheet, note: str | Missing) -> str:
    """Return what is said of a file: the title of the section that names it, or the note itself."""
    language = sheet.language
    return language.missing(note) if isinstance(note, Missing) else language.term("section", note)
