"""The reminders of one campaign as a message: ids and names of models, and nothing else."""

from dataclasses import replace
from pathlib import Path

from mlops_desktop.services.notices.collecting import Digest, Wanted, collect
from mlops_desktop.services.notices.nouns.attestations import KIND
from mlops_desktop.services.notices.writing import save
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.campaigns import find_campaign

_WITHIN = 3650


def collect_reminders(session: Session, named: str, person: str | None = None) -> Digest:
    """Return what is still to be answered in a campaign, by a person or by everybody.

    Raises ``campaign.not_found`` and ``person.not_found``.
    """
    with session.workspace.read() as view:
        row = find_campaign(view.connection, named)
    wanted = Wanted(within=_WITHIN, person=person, is_for_all=person is None)
    found = collect(session, wanted)
    mine = tuple(
        one for one in found.notices if one.kind == KIND and one.id.startswith(f"{row.id}/")
    )
    return replace(found, notices=mine, within=max(0, (row.due - found.day).days))


def save_reminders(
    session: Session, named: str, path: Path, language: str, person: str | None = None
) -> Digest:
    """Write the reminders as an e-mail (.eml) or a calendar (.ics), and return them.

    Raises as :func:`collect_reminders`, and ``notices.form_unknown``, ``file.not_written``.
    """
    digest = collect_reminders(session, named, person)
    save(digest, path, language)
    return digest
