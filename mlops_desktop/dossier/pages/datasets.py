"""The history of data: every state of every dataset, and the versions that learned from it."""

from mlops_desktop.dossier.content import Dataset, Missing
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset.ink import Align
from mlops_desktop.dossier.typeset.table import CELL, CODE, STRONG, Column, Table


def build(sheet: Sheet) -> Story:
    """Return the datasets."""
    datasets = sheet.facts.datasets
    if isinstance(datasets, Missing):
        return [sheet.gap(datasets)]
    columns = (
        Column(sheet.say("column.dataset"), 0.22, STRONG),
        Column(sheet.say("column.rows"), 0.18, CELL, Align.RIGHT),
        Column(sheet.say("column.digest"), 0.20, CODE),
        Column(sheet.say("column.source"), 0.22),
        Column(sheet.say("column.used_by"), 0.18),
    )
    return [
        sheet.lead("datasets.lead"),
        Table(columns, [_row(sheet, dataset) for dataset in datasets]),
    ]


def _row(sheet: Sheet, dataset: Dataset) -> tuple[str, ...]:
    language = sheet.language
    return (
        dataset.name,
        language.whole(dataset.rows),
        language.text(dataset.digest),
        language.text(dataset.source),
        ", ".join(dataset.versions),
    )
