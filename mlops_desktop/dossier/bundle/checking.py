"""Whether the parts of a bundle are the ones that its facts name, each with its events proved."""

from collections.abc import Iterator
from hashlib import sha256

from mlops_desktop.dossier import evidence
from mlops_desktop.dossier.attachments import MODELS
from mlops_desktop.dossier.content import Facts, Leaf, Missing
from mlops_desktop.dossier.proofs import Disproof, find_disproof


def find_odd_part(facts: Facts, files: dict[str, bytes]) -> str | None:
    """Return the model whose part is not the one named; the file's name where their number differs.

    Raises AppError ``evidence.malformed`` for a line that is no canonical facts.
    """
    lines = files.get(MODELS, b"").splitlines()
    if len(lines) != len(facts.model_parts) or (MODELS in files) != bool(facts.model_parts):
        return MODELS
    for named, line in zip(facts.model_parts, lines, strict=True):
        if sha256(line).hexdigest() != named.facts:
            return named.model_id
        read = evidence.decode_facts(line)
        if (read.model_id, read.model_name) != (named.model_id, named.model_name):
            return named.model_id
        if read.as_of != facts.as_of or read.ledger.checkpoint != facts.ledger.checkpoint:
            return named.model_id
    return None


def read_parts(files: dict[str, bytes]) -> Iterator[Facts]:
    """Yield the facts of each part, one at a time, once :func:`find_odd_part` looked at them.

    Raises AppError ``evidence.malformed``.
    """
    for line in files.get(MODELS, b"").splitlines():
        yield evidence.read_facts(line)


def find_part_disproof(files: dict[str, bytes], leaves: tuple[Leaf, ...]) -> Disproof | None:
    """Return the first event of a part that is not proved, or None."""
    found = (find_disproof(part.ledger, leaves) for part in read_parts(files))
    return next((one for one in found if one is not None), None)


def count_proved(facts: Facts, files: dict[str, bytes]) -> int:
    """Return how many events are listed, an event about several models in each of them."""
    listed = (facts.ledger, *(part.ledger for part in read_parts(files)))
    return sum(0 if isinstance(one.entries, Missing) else len(one.entries) for one in listed)
