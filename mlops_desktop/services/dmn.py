"""Business decisions taken over from a DMN file, one item a decision element."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.services.field_texts import parse_texts
from mlops_desktop.services.finding import finders_of
from mlops_desktop.services.items import record_opening
from mlops_desktop.services.session import Session
from mlops_desktop.sources.documents.dmn import LARGEST, DmnDecision, read_decisions
from mlops_desktop.store.queries.models import find_model

_LINE = 200


def read_dmn(
    session: Session, path: Path, models: tuple[str, ...], said: Mapping[str, str]
) -> tuple[str, ...]:
    """Open a business decision for each in a file, all or none; return their ids in its order.

    ``said`` are fields that hold for all of them, as the model's role. Raises ``dmn.not_read``,
    ``dmn.…``, ``item.…``, ``field.…``, ``model.not_found``.
    """
    decisions = read_decisions(_read(path))
    kind = kind_named("business_decision")
    with session.workspace.write(session.actor) as work:
        about = tuple(find_model(work.connection, named) for named in models)
        return tuple(
            record_opening(work, kind, parse_texts(kind.details, texts, finders_of(work)), about)
            for texts in _texts(decisions, said)
        )


def _texts(decisions: tuple[DmnDecision, ...], said: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for one in decisions:
        yield {
            "title": one.name,
            "question": one.question,
            "inputs": ", ".join(one.inputs),
            "policy": ", ".join(one.authorities)[:_LINE],
            **said,
        }


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or ""
        raise AppError(
            "dmn.not_read", recovery=Recovery.CONFIGURATION, path=str(path), reason=reason
        ) from error
