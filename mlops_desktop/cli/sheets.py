"""Models as text for people, beside their documents."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.documents.custom_fields import own_pairs
from mlops_desktop.cli.documents.items import item_document, item_title
from mlops_desktop.cli.documents.models import (
    entity_documents,
    regime_documents,
    row_document,
    sheet_document,
)
from mlops_desktop.cli.model_links import link_document, links_table
from mlops_desktop.cli.text import pairs, section, table
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.cells import Cell, Code, Day, Said, Span
from mlops_desktop.core.serving_history import contradicting

if TYPE_CHECKING:
    from mlops_desktop.services.entity_parts import EntityPart
    from mlops_desktop.services.items import ItemRow
    from mlops_desktop.services.models import ModelSheet
    from mlops_desktop.services.profiles.scoping import ScopeRow
    from mlops_desktop.services.rows import DeploymentRow, ModelRow, RequestRow, VersionRow
    from mlops_desktop.services.session import Session


def rows_table(rows: Iterable["ModelRow"]) -> str:
    """Return models as a table."""
    heads = ("ID", "NAME", "STATE", "TIER", "OWNER", "APPROVAL", "SERVING", "NEXT REVIEW")
    cells = [
        (
            row.id,
            row.name,
            Code(row.state.value, ("models.state",)),
            row.tier,
            row.owner,
            _approval(row),
            row.serving,
            row.next_review,
        )
        for row in rows
    ]
    return table(heads, cells)


def _approval(row: "ModelRow") -> Cell:
    approval = Code(row.approval.value, ("models.approval",))
    if not row.is_on_paper:
        return approval
    told = f"{approval} (from paper)"
    return Said(told, "list_columns.said.from_paper", {"approval": approval})


def row_answer(session: "Session", named: str) -> Answer:
    """Return a model as it now stands in the list, after something was done to it."""
    from mlops_desktop.services.models import show_model

    row = show_model(session, named).row
    return Answer(row_document(row), rows_table([row]))


def model_answer(session: "Session", named: str, as_of: AsOf = NOW) -> Answer:
    """Return one model whole."""
    from mlops_desktop.services.approvals import list_requests
    from mlops_desktop.services.entity_parts import parts_of
    from mlops_desktop.services.items import items_about
    from mlops_desktop.services.model_links import links_of
    from mlops_desktop.services.models import number_names, show_model
    from mlops_desktop.services.profiles.scoping import decisions_of

    sheet = show_model(session, named, as_of)
    requests = list_requests(session, model=sheet.row.key, as_of=as_of)
    links = links_of(session, sheet.row.key, as_of)
    parts = parts_of(sheet, as_of.day)
    regimes = decisions_of(session, sheet.row.key, as_of)
    about = items_about(session, sheet.row.key, as_of)
    every = {model for rows in about.values() for row in rows for model in row.models}
    numbers = number_names(session, every)
    found = {
        plural: [item_document(row, numbers) for row in rows] for plural, rows in about.items()
    }
    document = {
        **sheet_document(sheet, requests),
        "findings": found["findings"],
        "governance": found,
        "links": [link_document(one) for one in links],
        "entities": entity_documents(parts),
        "regimes": regime_documents(regimes, sheet.names),
    }
    linked = section("Links", links_table(links)) if links else ""
    linked += section("Legal entities", _parts(parts)) if parts else ""
    linked += section("Regimes", _regimes(regimes)) if regimes else ""
    return Answer(document, _text(sheet, requests) + linked + _items(about))


def _parts(parts: "Iterable[EntityPart]") -> str:
    rows = [
        (
            part.name,
            ", ".join(role.replace("_", " ") for role in part.roles),
            part.approval.value.replace("_", " ") if part.is_use else "",
            ", ".join(part.versions),
        )
        for part in parts
    ]
    return table(("ENTITY", "PART", "APPROVAL", "SERVED BY"), rows)


def _regimes(rows: "Iterable[ScopeRow]") -> str:
    told = [
        (row.scoped.regime, "in" if row.scoped.is_in else "out", row.scoped.reason.text)
        for row in rows
    ]
    return table(("REGIME", "DECISION", "WHY"), told)


def _items(about: "Mapping[str, tuple[ItemRow, ...]]") -> str:
    rows = [
        (row.number, plural, row.stage, item_title(row), row.due)
        for plural, found in about.items()
        for row in found
    ]
    heads = ("ID", "KIND", "STATE", "TITLE", "DUE")
    return section("Governance", table(heads, rows) if rows else "")


def _text(sheet: "ModelSheet", requests: Iterable["RequestRow"]) -> str:
    document = sheet_document(sheet, ())
    shown = [(_title(name), value) for name, value in document.items() if not _is_part(value)]
    former = [
        ("Former name", f"{one.name} (until {one.until})") for one in sheet.state.former_names
    ]
    told = pairs([*shown, *own_pairs(sheet), *former, *_succession(sheet)])
    versions = versions_table(sheet.versions) if sheet.versions else ""
    deployments = deployments_table(sheet) if sheet.deployments else ""
    parts = section("Versions", versions) + section("Deployments", deployments)
    return told + parts + _requests(requests)


def _succession(sheet: "ModelSheet") -> list[tuple[str, str]]:
    """Return by what a retired model is replaced, and what this one replaces."""
    heirs = [("Replaced by", sheet.replaced_by)] if sheet.replaced_by else []
    told = [*heirs, *(("Replaces", model) for model in sheet.replaces)]
    return [(name, f"{model.id} {model.name}".strip()) for name, model in told]


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _is_part(value: object) -> bool:
    is_table = isinstance(value, list) and (not value or not isinstance(value[0], str))
    return is_table or isinstance(value, dict)


def versions_table(versions: Iterable["VersionRow"]) -> str:
    """Return versions as a table."""
    rows = [
        (
            row.details.version,
            row.details.stage,
            row.details.status,
            row.details.created_at and row.details.created_at.date(),
            row.source,
            Day(row.missing_since or ""),
        )
        for row in versions
    ]
    heads = ("VERSION", "STAGE", "STATUS", "CREATED", "SOURCE", "MISSING SINCE")
    return table(heads, rows)


def deployments_table(sheet: "ModelSheet") -> str:
    """Return a model's deployments as a table."""
    rows = [
        (
            row.label,
            Code(row.environment or "", ("models.code.environment",)),
            f"{row.role} {row.share}" if row.share else row.role,
            sheet.names.get(row.entity or "") or row.region,
            _between(row.since_after, row.since),
            _between(row.until_after, row.until),
            f"{row.source}: {row.basis}" if row.source else row.basis,
            ", ".join(_differs(one) for one in contradicting(row, sheet.deployments)),
        )
        for row in sheet.deployments
    ]
    heads = ("VERSION", "ENVIRONMENT", "ROLE", "FOR", "FROM", "TO", "BASIS", "OTHERS SAY")
    return table(heads, rows)


def _between(first: str | None, then: str | None) -> Cell:
    """Return a time, or the two readings it lies between."""
    return Span(Day(first), Day(then)) if first and then else Day(then or "")


def _differs(row: "DeploymentRow") -> str:
    return f"{row.label} ({row.source or 'recorded by hand'})"


def _requests(requests: Iterable["RequestRow"]) -> str:
    rows = [
        (row.id, row.label, row.environment, row.status.value, row.requested_at) for row in requests
    ]
    heads = ("REQUEST", "VERSION", "ENVIRONMENT", "STATUS", "REQUESTED")
    return section("Approvals", table(heads, rows)) if rows else ""
