"""The inventory record: every field by section, gaps in words."""

from dataclasses import replace
from functools import partial

from mlops_desktop.core.inventory import SECTIONS
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.standing import GRANTED
from mlops_desktop.services.entity_parts import parts_of
from mlops_desktop.services.rows import DeploymentRow, ModelName
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.erased import say_erased
from mlops_desktop.ui.pages.models.own import own_facts
from mlops_desktop.ui.pages.models.said import (
    detail_fact,
    fact,
    field_name,
    part_approval,
    row_approval,
    running_status,
    say_moment,
    state_status,
)
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import FactTab
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.widgets.sections import Fact, Group


class RecordTab(FactTab):
    """Record: what people keep about the model, and what follows from its history."""

    title = later("Record")
    order = 10

    def show_model(self, shown: Shown) -> None:
        """Show every field of the record."""
        groups = []
        for name, fields in SECTIONS.items():
            facts = [
                detail_fact(self.context, shown.sheet.state.details, field, shown.sheet.names)
                for field in fields
            ]
            if name == "identity":
                head, serving = _head(self.context, shown), _serving(self.context, shown)
                facts = [
                    *head,
                    *_succession(self.context, shown),
                    *facts,
                    *_former(self.context, shown),
                    *serving,
                ]
            if name == "roles":
                facts.append(_approver(self.context, shown))
            groups.append(Group(self.context.say(f"models.section.{name}"), tuple(facts)))
        groups += _entities(self.context, shown)
        groups += _regimes(self.context, shown)
        sheet = shown.sheet
        own = own_facts(self.context, sheet.own_fields, sheet.state.details.custom, sheet.names)
        if own:
            groups.append(Group(self.context.say("models.section.own"), own))
        self.sections.show_groups(tuple(groups))


def _entities(context: Context, shown: Shown) -> list[Group]:
    """Return how the approval stands in each legal entity that uses the model or may."""
    facts = []
    for part in parts_of(shown.sheet, context.as_of.day):
        if part.is_use:
            status = part_approval(context, shown.sheet.row, part)
            facts.append(Fact(part.name, status.word, status=status))
    return [Group(context.say("entities.approval"), tuple(facts))] if facts else []


def _regimes(context: Context, shown: Shown) -> list[Group]:
    """Return under which regimes it counts as a model and under which not, each with why."""
    facts = []
    for row in shown.regimes:
        reason = row.scoped.reason
        why = say_erased(context, reason.erasure) if reason.text is None else reason.text
        said = context.say(f"regimes.decision.{'in' if row.scoped.is_in else 'out'}", reason=why)
        facts.append(Fact(say_regime(context, row.scoped.regime), said))
    return [Group(context.say("regimes.title"), tuple(facts))] if facts else []


def say_regime(context: Context, regime: str) -> str:
    """Return what a regime is called; one of a bank's own goes by its id."""
    key = f"dossier.part.{regime}"
    return context.say(key) if key in context.language.words else regime


def _head(context: Context, shown: Shown) -> list[Fact]:
    row = shown.sheet.row
    state, approval = state_status(context, row.state), row_approval(context, row)
    return [
        Fact(field_name(context, "model_id"), row.id),
        Fact(field_name(context, "state"), state.word, status=state),
        Fact(field_name(context, "approval"), approval.word, status=approval),
    ]


def _succession(context: Context, shown: Shown) -> list[Fact]:
    """Return by what a retired model is replaced, and what a model replaces, as links."""
    sheet = shown.sheet
    facts = [_link(context, "replaces", model) for model in sheet.replaces]
    if sheet.replaced_by is not None:
        facts.insert(0, _link(context, "replaced_by", sheet.replaced_by))
    elif sheet.state.stage is State.RETIRED:
        facts.insert(0, fact(context, "replaced_by", ""))
    return facts


def _former(context: Context, shown: Shown) -> list[Fact]:
    """Return the names the model bore before, with the day each ended."""
    told = [
        context.say("models.former_name", name=one.name, day=context.language.date(one.until))
        for one in shown.sheet.state.former_names
    ]
    return [Fact(field_name(context, "former_names"), "\n".join(told))] if told else []


def _link(context: Context, field: str, model: ModelName) -> Fact:
    named = tr("{id} {name}", id=model.id, name=model.name)
    go = partial(context.show_page, "models", model.id)
    return Fact(field_name(context, field), named, go=go)


def _productive(shown: Shown) -> list[DeploymentRow]:
    return [item for item in shown.sheet.deployments if item.environment == "production"]


def _serving(context: Context, shown: Shown) -> list[Fact]:
    running = [item for item in _productive(shown) if item.until is None]
    labels = shown.labels
    versions = ", ".join(labels.get(item.version, item.version) for item in running)
    since = ", ".join(say_moment(context, item.since) for item in running)
    facts = [
        fact(context, "version", versions, "none_serving"),
        fact(context, "deployed_at", since, "none_serving"),
    ]
    if running_status(context, shown.sheet.row) is not None:
        return [replace(one, tone="bad") for one in facts]
    return facts


def _approvers(shown: Shown) -> list[str]:
    granted = [line for line in shown.requests if line.status in GRANTED]
    return sorted({name for line in granted for name in line.approvers})


def _approver(context: Context, shown: Shown) -> Fact:
    return fact(context, "approver", ", ".join(_approvers(shown)), "nobody")
