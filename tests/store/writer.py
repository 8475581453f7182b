"""A program that records events one by one and says so after each commit; run as a subprocess.

Usage: ``python -m tests.store.writer PLACE KEY DEVICE NAME [COUNT]``; without a count, for ever.
"""

import sys
from itertools import count

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core.events.models import ModelRegistered
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.store import workspace as workspaces
from tests.store.desks import ACTOR, with_device


def main(place: str, key: str, device: str, name: str, *, most: int | None) -> None:
    """Record ``NAME-0``, ``NAME-1``, … as models, each in a session of its own."""
    engine = workspaces.open_engine(place, lambda _: bytes.fromhex(key))
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(device))
    opened = with_device(workspaces.load(place, engine), private)
    for number in count() if most is None else range(most):
        model = f"{name}-{number}"
        with opened.write(ACTOR) as work:
            work.record(ModelRegistered(model, ModelDetails(name=model)))
        sys.stdout.write(f"{model}\n")
        sys.stdout.flush()
    opened.close()


if __name__ == "__main__":
    main(*sys.argv[1:5], most=int(sys.argv[5]) if sys.argv[5:] else None)
