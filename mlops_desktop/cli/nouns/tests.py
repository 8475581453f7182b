"""Tests of versions: those that persons define, their results, and what a tier asks for."""

from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.items import item_group
from mlops_desktop.cli.text import table
from mlops_desktop.core.version_tests import TestKind, TestResult

if TYPE_CHECKING:
    from mlops_desktop.services.version_tests import VersionResults

_HEADS = ("VERSION", "KIND", "TEST", "VERDICT", "VALUE", "THRESHOLD", "FAILED", "SOURCE", "AT")

command = item_group("test", "Tests of versions: defined here, or told by sources.")


@click.command("results", cls=Command)
@click.argument("model")
@click.argument("version", required=False)
@as_of_options
@pass_call
def _results(call: Call, /, model: str, version: str | None, **days: str | None) -> Answer:
    """Show the newest result of every test of a model's versions, and what its tier asks for."""
    from mlops_desktop.services.version_tests import show_results

    with call.session() as session:
        found = show_results(session, model, version, read_as_of(**days))
    rows = [_row(one.version.details.version, result) for one in found for result in one.results]
    missing = [
        (one.version.details.version, kind.value, "–", "missing", "", "", "", "", "")
        for one in found
        for kind in one.missing
    ]
    return Answer([_document(one) for one in found], table(_HEADS, [*rows, *missing]))


@click.command("require", cls=Command)
@click.option("--tier", type=int, required=True)
@click.option("--kind", "kinds", multiple=True, type=OneOf(TestKind), help="Can be given again.")
@click.option("--reason", required=True, help="Why; kept with the event.")
@pass_call
def _require(call: Call, tier: int, kinds: tuple[TestKind, ...], reason: str) -> Answer:
    """Let the gate ask these kinds of tests of every version in a tier; none ends it."""
    from mlops_desktop.services.version_tests import require_tests

    with call.session() as session:
        require_tests(session, tier, kinds, reason)
    return _requirements(call)


@click.command("required", cls=Command)
@as_of_options
@pass_call
def _required(call: Call, /, **days: str | None) -> Answer:
    """List the kinds of tests that each tier asks for."""
    return _requirements(call, **days)


def _requirements(call: Call, **days: str | None) -> Answer:
    from mlops_desktop.core.asof import NOW
    from mlops_desktop.services.version_tests import list_requirements

    with call.session() as session:
        found = list_requirements(session, read_as_of(**days) if days else NOW)
    documents: list[Document] = [
        {
            "id": str(one.tier),
            "tier": one.tier,
            "kinds": [kind.value for kind in one.kinds],
            "since": one.at,
            "reason": one.reason,
        }
        for one in found
    ]
    rows = [(one.tier, ", ".join(one.kinds), one.at[:10], one.reason or "…") for one in found]
    return Answer(documents, table(("TIER", "KINDS", "SINCE", "REASON"), rows))


def _row(version: str, one: TestResult) -> tuple[str | int, ...]:
    return (
        version,
        one.kind.value,
        f"{one.definition} {one.name}" if one.definition else one.name,
        one.verdict.value,
        one.value or "",
        one.threshold or "",
        f"{one.failed} of {one.total}" if one.total is not None else "",
        one.source or "",
        one.at[:16],
    )


def _document(one: "VersionResults") -> Document:
    return {
        "id": one.version.key,
        "version": one.version.details.version,
        "required": [kind.value for kind in one.required],
        "missing": [kind.value for kind in one.missing],
        "results": [_result(result) for result in one.results],
    }


def _result(one: TestResult) -> Document:
    return {
        "kind": one.kind.value,
        "name": one.name,
        "verdict": one.verdict.value,
        "at": one.at,
        "source": one.source,
        "test": one.definition,
        "revision": one.revision,
        "value": one.value,
        "threshold": one.threshold,
        "total": one.total,
        "failed": one.failed,
        "evidence": one.evidence,
    }


for _command in (_results, _require, _required):
    command.add_command(_command)
