"""What an operation touched, so that pages refresh themselves and nobody calls refresh."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """Kinds of records (``model``, ``approval``, …) and the ids touched in each."""

    touched: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds touched at all."""
        return frozenset(kind for kind, _ in self.touched)

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(self.touched | other.touched)

    def __bool__(self) -> bool:
        return bool(self.touched)
