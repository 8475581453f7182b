"""Gathers what the board report says, inside one read session."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop import __version__
from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.dossier.content import (
    BlindSpots,
    Document,
    DossierContent,
    Facts,
    Missing,
    Reason,
    Scope,
)
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.dossiers.extract import build_bounds, build_sources
from mlops_desktop.services.dossiers.gathering import stand
from mlops_desktop.services.reports.board import build_chapters
from mlops_desktop.services.reports.standing import read_standing
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import LANGUAGES, read_words
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.dossier_forms import read_settings
from mlops_desktop.store.unit_of_work import ReadSession

_NONE = Missing(Reason.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Occasion:
    """By which plan and for whom a report is drafted, about which day, against which before."""

    as_of: AsOf
    before: date
    recipients: tuple[str, ...] = ()
    plan: str | None = None


def gather_board(
    session: Session, view: ReadSession, occasion: Occasion, language: str
) -> DossierContent:
    """Return the board report's content; raises ``dossier.no_checkpoint``."""
    as_of = occasion.as_of
    # The day before is compared as it was known then: what the last report said.
    standing = read_standing(view, as_of, AsOf(known=occasion.before, at=occasion.before))
    document = _document(session, view, language)
    standpoint = stand(view, session.workspace.origin, as_of, document.created_at)
    bounds = build_bounds(view, standpoint.footing, people.names(view.connection))
    facts = Facts(
        model_id="",
        model_name="\n".join(read_words(one).text("reports.board_title") for one in LANGUAGES),
        as_of=standpoint.printed,
        inventory=(),
        versions=_NONE,
        deployments=_NONE,
        datasets=_NONE,
        series=_NONE,
        approvals=_NONE,
        ledger=bounds.ledger,
        blind_spots=BlindSpots(build_sources(view), (), ()),
        evidence_files=_NONE,
        chapters=build_chapters(standing, occasion.recipients, occasion.plan),
    )
    return DossierContent(document, facts, bounds.leaves)


def _document(session: Session, view: ReadSession, language: str) -> Document:
    person = people.get_person(view.connection, session.actor.person)
    return Document(
        id=new_id(),
        scope=Scope.BOARD,
        language=language,
        created_at=clock.now(),
        created_by=person.name,
        workspace=session.workspace.name,
        classification=classification(view, language),
        generator=f"MLOps Desktop {__version__}",
        is_draft=True,
    )


def classification(view: ReadSession, language: str) -> str:
    """Return the workspace's class of confidentiality in words; a bank's own stands as it is."""
    code = read_settings(view.connection).classification or "confidential"
    words, key = read_words(language), f"dossier.classification.{code}"
    return words.text(key) if key in words else code
