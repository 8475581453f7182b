"""Which version served where, from when to when, and by which evidence that is known."""

from mlops_desktop.dossier.content import Deployment, Missing
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset.table import STRONG, Column, Table


def build(sheet: Sheet) -> Story:
    """Return the history of deployments."""
    deployments = sheet.facts.deployments
    if isinstance(deployments, Missing):
        return [sheet.gap(deployments)]
    columns = (
        Column(sheet.say("column.version"), 0.10, STRONG),
        Column(sheet.say("column.environment"), 0.19),
        Column(sheet.say("column.from"), 0.22),
        Column(sheet.say("column.to"), 0.22),
        Column(sheet.say("column.evidence"), 0.27),
    )
    rows = [_row(sheet, deployment) for deployment in deployments]
    return [sheet.lead("deployments.lead"), Table(columns, rows)]


def _row(sheet: Sheet, deployment: Deployment) -> tuple[str, ...]:
    language = sheet.language
    closed, place = deployment.closed_at, language.term("environment", deployment.environment)
    return (
        deployment.version,
        f"{place}\n{deployment.entity}" if deployment.entity else place,
        language.time(deployment.opened_at),
        sheet.say("deployments.open") if closed is None else language.moment_or_day(closed),
        language.text(deployment.evidence),
    )
