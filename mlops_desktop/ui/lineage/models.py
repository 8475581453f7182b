"""The table of models down the flow: which versions learned from the data, and where they run."""

from dataclasses import dataclass

from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.serving import PRODUCTION
from mlops_desktop.services.lineage import Dependent
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import say_code, state_status
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.chips import Status


@dataclass(frozen=True, slots=True)
class ModelLine:
    """A model down the flow."""

    id: str
    dependent: Dependent


def _say_serving(context: Context, dependent: Dependent) -> tuple[str, ...]:
    """Return each environment, production first, with what serves there, however many say so."""
    found: dict[str, dict[str, None]] = {}
    for one in sorted(dependent.serving, key=lambda one: (one.state != PRODUCTION, one.state)):
        found.setdefault(one.state, {})[one.name] = None
    return tuple(
        context.say(
            "pipelines.serving_in",
            environment=say_code(context, "environment", environment),
            versions=", ".join(names),
        )
        for environment, names in found.items()
    )


def model_columns(context: Context) -> tuple[Column[ModelLine], ...]:
    """Return the columns of dependent models."""
    say = "pipelines.column"

    def serving(line: ModelLine) -> str:
        return "; ".join(_say_serving(context, line.dependent))

    def is_serving(line: ModelLine) -> Status | None:
        told = _say_serving(context, line.dependent)
        return Status("good", "; ".join(told), told[:1]) if told else None

    def named(line: ModelLine) -> str:
        return f"{line.dependent.model.id} {line.dependent.model.name}"

    def versions(line: ModelLine) -> str:
        return ", ".join(one.name for one in line.dependent.versions)

    return (
        Column("model", f"{say}.model", named, 30, strong=True, flexible=True, sortable=False),
        Column("state", f"{say}.state", lambda line: line.dependent.model.state, 14,
               status=lambda line: state_status(context, State(line.dependent.model.state)),
               sortable=False, key=True),
        Column("versions", f"{say}.versions", versions, 20, sortable=False, key=True),
        Column("serving", f"{say}.serving", serving, 20, status=is_serving, sortable=False,
               key=True),
        Column("uses", f"{say}.uses", lambda line: ", ".join(
            use.name for use in line.dependent.uses), 26, sortable=False),
    )  # fmt: skip
