"""What a bundle is bound of: nested bookmarks, kept parts, numbers of the whole, checked parts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier import evidence
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.bundle.binding import renumber
from mlops_desktop.dossier.bundle.checking import find_odd_part, find_part_disproof
from mlops_desktop.dossier.bundle.outline import MOST, Bookmark, nest
from mlops_desktop.dossier.bundle.printing import of_its_own
from mlops_desktop.dossier.bundle.shapes import PlacedHeading, PrintedPart
from mlops_desktop.dossier.bundle.shelf import PartShelf
from mlops_desktop.dossier.content import DossierContent, Facts, Missing, ModelPart, Scope
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.outside.credentials import Credential
from tests.dossier.bundles import several
from tests.dossier.conftest import STATEMENT
from tests.dossier.judging import judge, judge_alone, told
from tests.dossier.sample import at, content

FACTS = content().facts
LINE = evidence.encode_facts(FACTS)
PART = PrintedPart(b"%PDF", 3, (PlacedHeading("1 Inventory", 1, 700.5),), {"page-of-x": 2})


def _leaves(found: tuple[Bookmark, ...]) -> Iterator[Bookmark]:
    for one in found:
        yield from _leaves(one.below) if one.below else (one,)


def _widths(found: tuple[Bookmark, ...]) -> Iterator[int]:
    yield len(found)
    for one in found:
        yield from _widths(one.below) if one.below else ()


@given(st.integers(0, 30_000))
def test_no_level_of_bookmarks_has_many_siblings_and_none_is_lost(count: int) -> None:
    flat = [Bookmark(f"M-{number:05} x", number, 0.0) for number in range(count)]
    nested = nest(flat)
    assert [*_leaves(nested)] == flat
    assert max(_widths(nested)) <= MOST


def test_a_part_is_found_again_by_what_it_was_printed_from(tmp_path: Path) -> None:
    shelf = PartShelf(tmp_path)
    assert shelf.find(LINE, "en") is None
    shelf.keep(LINE, "en", PART)
    assert shelf.find(LINE, "en") == PART
    assert shelf.find(LINE, "de") is None
    assert shelf.find(LINE + b" ", "en") is None
    (entry,) = tmp_path.glob("*.part")
    assert b"Inventory" not in entry.read_bytes()


@pytest.mark.parametrize("place", [0, 3, 20, -1])
def test_a_damaged_entry_is_never_used(tmp_path: Path, place: int) -> None:
    shelf = PartShelf(tmp_path)
    shelf.keep(LINE, "en", PART)
    (entry,) = tmp_path.glob("*.part")
    data = bytearray(entry.read_bytes())
    data[place] ^= 1
    entry.write_bytes(data)
    assert shelf.find(LINE, "en") is None
    entry.write_bytes(b"")
    assert shelf.find(LINE, "en") is None


def test_an_entry_of_another_part_is_never_used(tmp_path: Path) -> None:
    shelf = PartShelf(tmp_path)
    shelf.keep(LINE, "en", PART)
    (entry,) = tmp_path.glob("*.part")
    shelf.keep(LINE + b"2", "en", replace(PART, pages=4))
    (other,) = (one for one in tmp_path.glob("*.part") if one != entry)
    other.replace(entry)
    assert shelf.find(LINE, "en") is None


def test_what_was_used_longest_ago_makes_room(tmp_path: Path) -> None:
    shelf = PartShelf(tmp_path, most=1)
    shelf.keep(LINE, "en", PART)
    shelf.tidy()
    assert [*tmp_path.glob("*.part")] == []


def test_a_part_is_the_same_where_only_the_ledger_grew() -> None:
    later = replace(FACTS, as_of=replace(FACTS.as_of, as_known=at("2027-01-01"), position=9))
    assert of_its_own(later) == of_its_own(FACTS)
    renamed = replace(later, model_name="PD")
    assert of_its_own(renamed) != of_its_own(FACTS)


def test_a_number_of_the_whole_ends_where_that_of_the_part_did() -> None:
    drawn = b"BT 1 0 0 1 0 0 Tm .1 .1 .1 rg 1 0 0 1 -7.515 0 Tm /F1+0 9 Tf 13 TL ( 3) Tj ET"
    assert b"( 1234) Tj" in renumber(drawn, 1234)
    with pytest.raises(AppError, match=r"dossier\.not_bound"):
        renumber(b"BT (3) Tj ET", 1234)


def bound(*lines: bytes) -> tuple[Facts, dict[str, bytes]]:
    """Return the facts that name the parts in ``lines``, and the file that holds them."""
    named = tuple(ModelPart(FACTS.model_id, FACTS.model_name, sha256(x).hexdigest()) for x in lines)
    told = replace(FACTS, model_parts=named)
    return told, {"models.jsonl": b"".join(line + b"\n" for line in lines)} if lines else {}


def test_parts_are_those_that_the_facts_name() -> None:
    facts, files = bound(LINE)
    assert find_odd_part(facts, files) is None
    assert find_part_disproof(files, content().leaves) is None
    other = evidence.encode_facts(replace(FACTS, model_name="PD"))
    assert find_odd_part(facts, {"models.jsonl": other + b"\n"}) == FACTS.model_id
    assert find_odd_part(facts, {}) == "models.jsonl"
    assert find_odd_part(facts, {"models.jsonl": (LINE + b"\n") * 2}) == "models.jsonl"
    assert find_odd_part(FACTS, files) == "models.jsonl"
    assert find_odd_part(*bound(other)) == FACTS.model_id
    moved = replace(FACTS, as_of=replace(FACTS.as_of, position=1))
    assert find_odd_part(*bound(evidence.encode_facts(moved))) == FACTS.model_id
    assert find_part_disproof(files, ()) is not None


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path_factory.mktemp("home")))
        yield


def _swapped(found: DossierContent) -> DossierContent:
    assert found.bundle is not None
    lines = found.bundle.facts
    return replace(found, bundle=replace(found.bundle, facts=(lines[1], lines[0])))


def _without(found: DossierContent) -> DossierContent:
    return replace(found, bundle=None)


def _retold(found: DossierContent) -> DossierContent:
    """Name the digest of a part that says another name of the model than the list does."""
    assert found.bundle is not None
    part = evidence.decode_facts(found.bundle.facts[0])
    line = evidence.encode_facts(replace(part, model_name="PD"))
    first = replace(found.facts.model_parts[0], facts=sha256(line).hexdigest())
    facts = replace(found.facts, model_parts=(first, *found.facts.model_parts[1:]))
    lines = (line, *found.bundle.facts[1:])
    return replace(found, facts=facts, bundle=replace(found.bundle, facts=lines))


def _unproved(found: DossierContent) -> DossierContent:
    """Let a part list an event whose proof is nowhere."""
    assert found.bundle is not None
    part = evidence.decode_facts(found.bundle.facts[0])
    assert not isinstance(part.ledger.entries, Missing)
    stray = replace(part.ledger.entries[0], position=part.ledger.checkpoint.head.size - 1)
    ledger = replace(part.ledger, entries=(*part.ledger.entries, stray))
    line = evidence.encode_facts(replace(part, ledger=ledger))
    first = replace(found.facts.model_parts[0], facts=sha256(line).hexdigest())
    facts = replace(found.facts, model_parts=(first, *found.facts.model_parts[1:]))
    lines = (line, *found.bundle.facts[1:])
    return replace(found, facts=facts, bundle=replace(found.bundle, facts=lines))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda found: found, None),
        (_swapped, "evidence_other_part"),
        (_without, "evidence_other_part"),
        (_retold, "evidence_other_part"),
        (_unproved, ("proof_missing", "leaf_differs", "proof_differs")),
    ],
)
def test_parts_that_do_not_hold_are_seen_under_a_good_seal(
    change: Callable[[DossierContent], DossierContent],
    code: str | tuple[str, ...] | None,
    home: None,
    signer: Credential,
    roots: bytes,
    english: Words,
) -> None:
    wanted = several("en", Scope.PORTFOLIO, 2)
    wanted = replace(wanted, document=replace(wanted.document, signers=()))
    pdf = seal(build(change(wanted), english), signer, STATEMENT, english)
    outcome, failure = told(judge(pdf, roots))
    verdict, _ = judge_alone(pdf, roots)
    if code is None:
        assert (outcome, failure, verdict) == (Outcome.VALID, None, "valid")
    else:
        assert (outcome, verdict) == (Outcome.CHANGED, "changed")
        assert failure in ((code,) if isinstance(code, str) else code)
