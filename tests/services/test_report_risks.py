"""The top risks of the board's report agree with the figures beside them."""

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, on
from mlops_desktop.dossier.content import Cell, Missing, Value
from mlops_desktop.services.deployments import Place, open_deployment
from mlops_desktop.services.reports.risks import find_risks
from mlops_desktop.services.reports.standing import read_standing
from tests.services.conftest import Bank
from tests.services.steps import add_version, register


def _values(cell: Cell) -> tuple[Value, ...]:
    return () if isinstance(cell, Missing) else cell


def test_as_many_contradictions_are_told_as_the_figure_counts(file_bank: Bank) -> None:
    add_version(file_bank, register(file_bank))
    open_deployment(file_bank.session, "1", Place("7", "production"))
    with file_bank.session.workspace.read() as view:
        standing = read_standing(view, NOW, on(clock.today()))
    (counted,) = (one.value for one in standing.now.figures if one.name == "contradictions")
    assert counted == 1
    told = [value.text for one in find_risks(standing) for value in _values(one.told)]
    assert [one for one in told if one.startswith("In 1 case sources tell otherwise")]
