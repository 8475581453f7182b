"""Verifying a dossier of 2,000 pages with four signatures, all checks.

The floor is a checker that looks at the signatures alone: it opens the file, hashes it and what
each signature covers, and checks each with its chain, no revision compared, no fact read.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleTrustManager

from mlops_desktop.dossier import evidence
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.content import (
    Bundle,
    DossierContent,
    Missing,
    ModelPart,
    Reason,
    Scope,
    Signer,
)
from mlops_desktop.dossier.countersign import countersign
from mlops_desktop.dossier.render import count_pages
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.signatures import read_roots
from mlops_desktop.dossier.stamp import Statement
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.dossier.verify import verify
from mlops_desktop.outside.certificates import create_authority, issue_person, to_pem
from mlops_desktop.services.wording import read_words
from tests.benchmarks.measuring import Line, Spent, interleave, milliseconds
from tests.dossier.sample import at, content

_ROUNDS = 5
_MODELS = 200
_PEOPLE = ("Dr. Katrin Feddersen", "Jonas Brandt", "Miriam Sander", "Dr. Ulrich Harms")


def measure() -> list[Line]:
    """Build the two files, then verify them in turns with their floors."""
    large, short = (_signed(_portfolio()), _signed(content("en")))
    works: dict[str, Callable[[], object]] = {
        "large floor": partial(_check_plainly, *large),
        "large": partial(_verify, *large),
        "short floor": partial(_check_plainly, *short),
        "short": partial(_verify, *short),
    }
    for work in works.values():
        work()
    return [*_lines(interleave(works, _ROUNDS), count_pages(large[0]), count_pages(short[0]))]


def _portfolio() -> DossierContent:
    one = content("en")
    texts, named = [], []
    for number in range(1, _MODELS + 1):
        id, name = f"M-{number:05}", f"PD Ratenkredit Privatkunden {number}"
        texts.append(evidence.encode_facts(replace(one.facts, model_id=id, model_name=name)))
        named.append(ModelPart(id, name, sha256(texts[-1]).hexdigest()))
    gone = dict.fromkeys(
        ("versions", "deployments", "datasets", "series", "approvals"),
        Missing(Reason.NOT_APPLICABLE),
    )
    facts = replace(
        one.facts,
        model_id="",
        model_name="Elbmark Bank AG",
        inventory=(),
        chapters=(),
        model_parts=tuple(named),
        **gone,  # type: ignore[arg-type]
    )
    document = replace(one.document, scope=Scope.PORTFOLIO)
    return DossierContent(document, facts, one.leaves, None, Bundle(tuple(texts), {}))


def _signed(wanted: DossierContent) -> tuple[bytes, bytes]:
    """Return the file with seal and three counter-signatures, and the root."""
    words, authority = read_words("en"), create_authority("Elbmark Bank AG", at("2026-01-01"))
    planned = tuple(Signer(name, "validator") for name in _PEOPLE[1:])
    pdf = build(replace(wanted, document=replace(wanted.document, signers=planned)), words)
    for place, name in enumerate(_PEOPLE):
        who = issue_person(authority, name, f"p-{place}", at("2026-01-02"))
        said = Statement(name, "validator", "Read.", at(f"2026-10-01T{8 + place:02}:00:00"))
        sign = partial(countersign, pdf, place) if place else partial(seal, pdf)
        pdf = sign(who, said, words)
    return pdf, to_pem(authority.certificate).encode()


def _verify(pdf: bytes, roots: bytes) -> None:
    found = verify(pdf, roots)
    assert found.outcome is Outcome.VALID, found.first_failure


def _check_plainly(pdf: bytes, roots: bytes) -> None:
    sha256(pdf).hexdigest()
    trusted = SimpleTrustManager.build(trust_roots=read_roots(roots))
    for embedded in PdfFileReader(BytesIO(pdf)).embedded_signatures:
        context = ValidationContext(
            trust_manager=trusted,
            other_certs=embedded.other_embedded_certs,
            moment=embedded.self_reported_timestamp,
            allow_fetching=False,
            revocation_mode="soft-fail",
        )
        status = validate_pdf_signature(embedded, context, skip_diff=True)
        assert status.intact
        assert status.valid


def _lines(spent: dict[str, Spent], pages: int, few: int) -> Iterator[Line]:
    for name, number in (("large", pages), ("short", few)):
        floor, whole = spent[f"{name} floor"].processor, spent[name].processor
        yield Line(f"floor: four signatures of {number:,} pages, bare", milliseconds(floor))
        told = milliseconds(whole)
        yield Line(f"{number:,} pages verified, all checks", told, whole / floor, 3.0, 3.0)
