"""The inventory record, section by section, with the rule that asks for each field."""

from mlops_desktop.dossier.content import Field, Section
from mlops_desktop.dossier.pages.cover import MONITORED, monitoring_of
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.flow import Heading
from mlops_desktop.dossier.typeset.ink import MUTED
from mlops_desktop.dossier.typeset.lines import Style
from mlops_desktop.dossier.typeset.table import CELL, STRONG, Column, Table

_REFERENCE = Style(fonts.REGULAR, 7, 11.2, MUTED)


def build(sheet: Sheet) -> Story:
    """Return one table a section of the record."""
    story: Story = [sheet.lead("inventory.lead")]
    for number, section in enumerate(sheet.facts.inventory):
        words = sheet.language.term("record", section.name)
        story += [Heading(words, 1, f"record-{number}"), _table(sheet, section)]
    return story


def _table(sheet: Sheet, section: Section) -> Table:
    columns = (
        Column(sheet.say("column.field"), 0.27, STRONG),
        Column(sheet.say("column.value"), 0.57, CELL),
        Column(sheet.say("column.asked_by"), 0.16, _REFERENCE),
    )
    return Table(columns, [_row(sheet, field) for field in section.fields])


def _row(sheet: Sheet, field: Field) -> tuple[str, str, str]:
    language = sheet.language
    known = field.label is None
    name = language.term("field", field.name) if known else language.either(field.label or "")
    return name, _value(sheet, field), "\n".join(field.references)


def _value(sheet: Sheet, field: Field) -> str:
    """Return what a person recorded; how the metrics stand is said under it where it differs."""
    told = sheet.language.cell(field.name, field.values)
    if field.name != MONITORED or (standing := monitoring_of(sheet)) is None:
        return told
    if len(standing) == 1:
        return told
    measured = sheet.language.values(standing[:1])
    return f"{told}\n{sheet.say('inventory.measured_otherwise', state=measured)}"
