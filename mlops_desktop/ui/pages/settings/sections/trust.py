"""By whom signatures are time-stamped, what chains are checked by, what the authority revoked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.services.session import Session
from mlops_desktop.services.trust_services import (
    TrustServices,
    revocations_end,
    show_trust_services,
)
from mlops_desktop.ui.actions import Deed
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.dossiers.authority_form import AuthorityForm
from mlops_desktop.ui.pages.settings.facts import FactsSection
from mlops_desktop.ui.pages.settings.parts import SectionSpec
from mlops_desktop.ui.pages.settings.said import fact, path_fact, say
from mlops_desktop.ui.pages.settings.trust_forms import ask_revocations
from mlops_desktop.ui.widgets.sections import Fact, Group

_BEGIN = "BEGIN CERTIFICATE"


@dataclass(frozen=True, slots=True)
class Arranged:
    """What is arranged, and until when the list of revoked certificates counts."""

    services: TrustServices
    list_ends: datetime | None


def _read(session: Session) -> Arranged:
    return Arranged(show_trust_services(session), revocations_end(session))


def _groups(context: Context, found: Arranged) -> tuple[Group, ...]:
    return (
        Group(
            say(context, "trust.stamps"),
            tuple(_stamps(context, found.services)),
            say(context, "trust.lead"),
        ),
        Group(
            say(context, "trust.revoked"),
            tuple(_revoked(context, found)),
            say(context, "trust.revoked_lead"),
        ),
    )


def _stamps(context: Context, services: TrustServices) -> Iterator[Fact]:
    number = context.language.number
    yield path_fact(context, "stamps_by", services.url, "nobody")
    roots, signers = services.roots.count(_BEGIN), services.signers.count(_BEGIN)
    yield fact(context, "stamp_roots", number(roots) if roots else None)
    yield fact(context, "signer_roots", number(signers) if signers else None, "own_authority")
    place = str(services.revocation) if services.revocation is not None else None
    yield path_fact(context, "lists_in", place)
    yield fact(context, "may_fetch", say(context, "yes" if services.may_fetch else "no"))
    if services.ca_file:
        yield path_fact(context, "ca_file", services.ca_file)
    if services.proxy:
        yield path_fact(context, "proxy", services.proxy)


def _revoked(context: Context, found: Arranged) -> Iterator[Fact]:
    ends = context.language.date(found.list_ends.date()) if found.list_ends else None
    yield fact(context, "list_ends", ends, "never_published")


class Trust(FactsSection[Arranged]):
    """The arrangement in force, and the forms that change it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "trust", _read, _groups)

    def top(self) -> tuple[str, ...]:
        return ("settings.revocations", "settings.authority")

    def deeds(self) -> Mapping[str, Deed]:
        """Return what can be arranged."""
        return {
            "settings.authority": (self._arrange, self.is_open),
            "settings.revocations": (self._publish, self.is_open),
        }

    def _arrange(self) -> None:
        AuthorityForm(self.context, self.window()).open()

    def _publish(self) -> None:
        ask_revocations(self.context, self.window())


SECTION = SectionSpec("trust", 60, Trust, frozenset({"trust_services", "revocations"}))
