"""By whom signatures are time-stamped, and where their revocation is looked up."""

from dataclasses import dataclass

from mlops_desktop.core.events.registry import event


@event("trust_services.arranged")
@dataclass(frozen=True, slots=True)
class TrustServicesArranged:
    """From now on signatures are time-stamped by the authority at ``url``; None: by nobody.

    ``roots`` (PEM) are believed for time stamps alone, ``signers`` for persons whose keys another
    authority certified; ``revocation`` is a file or folder of revocation lists, ``may_fetch``
    lets them be read where certificates say.
    """

    url: str | None = None
    roots: str = ""
    revocation: str | None = None
    may_fetch: bool = False
    ca_file: str | None = None
    proxy: str | None = None
    signers: str = ""


@event("revocations.published")
@dataclass(frozen=True, slots=True)
class RevocationsPublished:
    """The workspace's authority said which of its certificates are revoked (a list in PEM)."""

    revoked: str
    until: str
