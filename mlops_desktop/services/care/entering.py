"""Who acts in a copy of a workspace that is about to take its place, and with which device."""

from dataclasses import replace

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.people import DeviceEnrolled
from mlops_desktop.core.identity import Actor
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.outside import devices
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import profile
from mlops_desktop.services.profile import Profile
from mlops_desktop.services.session import Session
from mlops_desktop.services.workspaces import public_hex, with_device
from mlops_desktop.store.queries import people
from mlops_desktop.store.workspace import Workspace


def enter_copy(
    found: Workspace, key: bytes, acting: str | None
) -> tuple[Session, DeviceEnrolled | None]:
    """Return a session in the copy, and what enrols this device where the copy knows it not.

    ``acting`` names the person, else it is this profile's. Heads signed here are not remembered
    as seen: that is for whoever puts the copy in place. Raises ``restore.nobody_acts``.
    """
    known = profile.read_profile(found.id)
    with found.read() as view:
        enrolled = {one.public_key: one for one in people.list_devices(view.connection)}
        person = people.find_person(view.connection, acting).id if acting else ""
    person = person or (known.person if known else "")
    if not person:
        raise AppError("restore.nobody_acts", where="--as")
    if devices.has_device_key(found.id):
        device = devices.load_device_key(found.id, key)
    else:
        device = devices.create_device_key(found.id, key)
    public = public_hex(device)
    id = enrolled[public].id if public in enrolled else known.device if known else new_id()
    actor = Actor(person, id)
    if known is None:
        profile.write_profile(found.id, Profile(person, id))
    missing = None if public in enrolled else DeviceEnrolled(id, person, public)
    return Session(replace(with_device(found, device), on_commit=_unseen), actor), missing


def _unseen(frontier: Frontier, note: str) -> None:
    """Remember nothing."""
