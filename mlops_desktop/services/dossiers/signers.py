"""Who is to countersign a dossier: persons named, or those who approved the model."""

from collections.abc import Iterator, Sequence

import mlops_desktop.store.queries.approvals as approval_queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person, Role
from mlops_desktop.core.quorum import APPROVING
from mlops_desktop.core.standing import GRANTED
from mlops_desktop.store.queries import people
from mlops_desktop.store.unit_of_work import ReadSession

APPROVERS = "approvers"
_MOST = 12


def role_of(person: Person) -> str:
    """Return the code of the role a person signs in."""
    return (person.roles[0] if person.roles else Role.RISK_MANAGER).value


def find_signers(view: ReadSession, model: str, named: Sequence[str]) -> tuple[Person, ...]:
    """Return the persons called so, each once, in the order given.

    ``approvers`` stands for whoever approved what is granted, first the first to decide; without
    a ``model`` there are none. Raises ``person.not_found``, ``dossier.no_approvers``,
    ``dossier.signer_without_certificate``, ``dossier.too_many_signers``.
    """
    found: dict[str, Person] = {}
    for name in named:
        for person in _persons(view, model, name):
            if not person.can_sign:
                raise AppError("dossier.signer_without_certificate", person=person.name)
            found.setdefault(person.id, person)
    if len(found) > _MOST:
        raise AppError("dossier.too_many_signers", where="signers", most=_MOST)
    return tuple(found.values())


def _persons(view: ReadSession, model: str, name: str) -> Iterator[Person]:
    if name != APPROVERS:
        yield people.find_person(view.connection, name)
        return
    if not model:
        raise AppError("dossier.no_approvers", where="--signer")
    key = model_queries.find_model(view.connection, model)
    requests = approval_queries.list_requests(view.connection, model=key)
    decided = [
        (one.position, one.person)
        for row in requests
        if row.status in GRANTED
        for one in row.decisions
        if one.decided is not None and one.decided.decision in APPROVING
    ]
    for _, id in sorted(decided):
        person = people.get_person(view.connection, id)
        if person.can_sign:
            yield person
