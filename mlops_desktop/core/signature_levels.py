"""How far a signature carries: the baseline levels of PAdES (ETSI EN 319 142-1, 6)."""

from enum import StrEnum


class Level(StrEnum):
    """From what needs nothing but a key to what outlives certificates and authorities."""

    B = "b"
    """The signer's key and certificate; the time is his own statement."""
    T = "t"
    """A time-stamp authority confirms that the signature existed."""
    LT = "lt"
    """Certificates and revocation data to check it by are inside."""
    LTA = "lta"
    """A document time stamp covers those data too, and can be renewed for ever."""

    @property
    def baseline(self) -> str:
        """Its name in the standard."""
        return f"B-{self.value.upper()}"

    def reaches(self, other: "Level") -> bool:
        """Tell whether this level is at least ``other``."""
        return self.rank >= other.rank

    @property
    def rank(self) -> int:
        """Its place among the levels, from 0."""
        return list(Level).index(self)


def level_of(title: str) -> Level:
    """Return the level of a name such as ``B-LT``; anything else is the lowest."""
    return next((one for one in Level if one.baseline == title), Level.B)
