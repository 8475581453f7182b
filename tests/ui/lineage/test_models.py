"""The table of models down the flow, in words."""

from mlops_desktop.core.lineage import Node, NodeKind
from mlops_desktop.services.lineage import Dependent
from mlops_desktop.store.queries.lineage_nodes import NodeFacts
from mlops_desktop.ui.lineage.models import ModelLine, model_columns
from mlops_desktop.ui.window import Window


def _serving(key: str, version: str, environment: str, until: str | None = None) -> NodeFacts:
    return NodeFacts(Node(NodeKind.DEPLOYMENT, key), key, version, environment, until=until)


def test_a_version_serves_once_however_many_sources_say_so(window: Window) -> None:
    model = NodeFacts(Node(NodeKind.MODEL, "m"), "M-00005", "Antragsscore", "production")
    told = (
        _serving("1", "6", "production", "2025-11-25T18:30:00.000Z"),
        _serving("2", "8", "staging"),
        _serving("3", "7", "production"),
        _serving("4", "8", "production"),
        _serving("5", "7", "production"),
    )
    line = ModelLine("M-00005", Dependent(model, (), told, (), ()))
    (column,) = (one for one in model_columns(window.context) if one.id == "serving")
    assert column.text(line) == "production: 7, 8; staging: 8"
    assert column.status is not None
    status = column.status(line)
    assert status is not None
    assert status.briefs == ("production: 7, 8",)
