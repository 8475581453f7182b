"""What takes its ground from a request for approval: a change of what it covers, of a signer."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mlops_desktop.core.approvals import COVERED_MODEL_FIELDS, Request, covered_fields
from mlops_desktop.core.custom_fields import PREFIX, covered_keys
from mlops_desktop.core.details import names_set
from mlops_desktop.core.inventory import ModelDetails, Pair, VersionDetails
from mlops_desktop.core.quorum import APPROVING


def covered_names(
    changes: ModelDetails, cleared: tuple[str, ...] = (), before: ModelDetails | None = None
) -> tuple[str, ...]:
    """Name the covered fields that a change touches, those of the workspace's own by their key."""
    touched = names_set(changes).union(cleared)
    own = covered_keys(before.custom if before else (), changes.custom, cleared)
    return (*(name for name in COVERED_MODEL_FIELDS if name in touched), *own)


def void(
    requests: tuple[Request, ...],
    changed: tuple[str, ...],
    version: str | None = None,
    position: int | None = None,
) -> tuple[Request, ...]:
    """Note changed covered fields on requests still undecided or granted (of ``version`` only).

    ``position`` is that of the change: a paper confirmed later has seen it.
    """
    if not changed:
        return requests
    return tuple(
        _note(item, changed)
        if version in (None, item.version) and not _is_seen(item, position)
        else item
        for item in requests
    )


def _is_seen(request: Request, position: int | None) -> bool:
    paper = request.paper
    if paper is None or position is None:
        return False
    return paper.confirmer is None or position < paper.position


def void_by_signer(request: Request, details: ModelDetails) -> Request:
    """Void an undecided request if who approved it becomes the model's owner or developer.

    So does one in whose place somebody approved. A request that is decided stands: at the time
    of the decision its signers were independent.
    """
    if request.is_decided:
        return request
    given = [cast for cast in request.casts if cast.decision in APPROVING]
    signers = {cast.person for cast in given} | {cast.on_behalf_of for cast in given}
    taken = [
        name
        for name in ("owner", "developer")
        if getattr(details, name) is not None and getattr(details, name) in signers
    ]
    return _note(request, (f"model.{name}" for name in taken))


def rest_until(requests: tuple[Request, ...], until: date | None) -> tuple[Request, ...]:
    """Return requests that rest on an override of the tier as they rest on the one after it."""
    return tuple(
        item if item.rests_until is None else replace(item, rests_until=until) for item in requests
    )


def _note(request: Request, changed: Iterable[str]) -> Request:
    if request.is_withdrawn or request.is_revoked:
        return request
    return replace(request, changed=tuple(sorted({*request.changed, *changed})))


def differing_fields(covered: tuple[Pair, ...], details: ModelDetails) -> tuple[str, ...]:
    """Name the covered fields of a model that are not what a request says of them.

    They differ where a change recorded after the request is dated back before it.
    """
    now = {pair.name: pair.value for pair in covered_fields(details, VersionDetails(""))}
    said = {pair.name: pair.value for pair in covered if pair.name.startswith("model.")}
    # A request names a field of the workspace's own only where it held something.
    own = (name for name in now if name.startswith(f"model.{PREFIX}"))
    return tuple(sorted(name for name in {*said, *own} if now.get(name) != said.get(name)))
