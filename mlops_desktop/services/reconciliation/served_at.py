"""Where a version was seen serving, for whoever says it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServedAt:
    """Which version was seen serving, in which region and at which address."""

    label: str
    region: str = ""
    endpoint: str = ""

    @property
    def form(self) -> str:
        """Which sentence says it: the whole, or as much as the source tells."""
        if self.region and self.endpoint:
            return "whole"
        return "region" if self.region else "endpoint" if self.endpoint else "version"

    @property
    def told(self) -> str:
        """Its parts behind each other, as exceptions keep them."""
        return " ".join(part for part in (self.label, self.region, self.endpoint) if part)
