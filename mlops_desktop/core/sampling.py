"""A sample that an auditor draws by a seed: whoever has seed and population draws the same one.

Each member is ranked by SHA-256 over the UTF-8 bytes of the seed, a line feed and its id; the
first N are drawn. Nobody can know a member's rank before the seed is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from mlops_desktop.core.errors import AppError

MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Draw:
    """How many are drawn, by which seed."""

    count: int
    seed: str

    def __post_init__(self) -> None:
        """Raise ``sample.count_refused``, ``sample.seed_missing``, ``sample.seed_too_long``."""
        if self.count < 1:
            raise AppError("sample.count_refused", where="--sample", count=self.count)
        if not self.seed.strip():
            raise AppError("sample.seed_missing", where="--seed")
        if len(self.seed) > MOST_CHARACTERS:
            raise AppError("sample.seed_too_long", where="--seed", most=MOST_CHARACTERS)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A member of the sample and the hash that ranked it."""

    id: str
    rank_hash: str


def rank_hash(seed: str, id: str) -> str:
    """Return what ranks a member, as hexadecimal text."""
    return sha256(f"{seed}\n{id}".encode()).hexdigest()


def draw(ids: Iterable[str], how: Draw) -> tuple[Drawn, ...]:
    """Return the sample by rank; of a smaller population, all of it."""
    ranked = sorted((Drawn(id, rank_hash(how.seed, id)) for id in set(ids)), key=_rank)
    return tuple(ranked[: how.count])


def _rank(one: Drawn) -> tuple[str, str]:
    return one.rank_hash, one.id


def population_digest(ids: Iterable[str]) -> str:
    """Return SHA-256 over the ids in the order of their code points, each with a line feed."""
    told = "".join(f"{id}\n" for id in sorted(set(ids)))
    return sha256(told.encode()).hexdigest()
