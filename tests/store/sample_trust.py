"""What is said of trust services and of dossiers after their seal, for the sample history."""

from mlops_desktop.core.documents import Document
from mlops_desktop.core.erasable import commit
from mlops_desktop.core.events.dossiers import DossierExtended, DossierScanAttached
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.trust_services import RevocationsPublished, TrustServicesArranged

_SCAN = Document("ef" * 32, commit("Seite 3.png", b"0" * 16))
_PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"

TRUST: tuple[Event, ...] = (
    TrustServicesArranged("https://tsa.elbmark.example", _PEM, "/lists", may_fetch=True),
    RevocationsPublished("-----BEGIN X509 CRL-----\n", "2026-03-01T00:00:00Z"),
    DossierExtended("x1", "ee" * 32, "lta", 2, 4),
    DossierScanAttached("x1", "s1", _SCAN, "feddersen", "2026-02-01", "ee" * 32),
)
