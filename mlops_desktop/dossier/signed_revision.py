"""A revision that does nothing but sign one prepared field, read by the objects it wrote."""

from dataclasses import dataclass

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    Reference,
    StreamObject,
)
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from mlops_desktop.dossier import reading

_SIGNATURE = frozenset(
    ("/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange", "/M", "/Name", "/Reason")
)
_BUILD = "/Prop_Build"
_TRAILER = ("/Root", "/Info", "/Encrypt")


@dataclass(frozen=True, slots=True)
class Signing:
    """The field that was signed, and the numbers of the objects that are new."""

    field: str
    numbers: frozenset[int]


def read_signing(reader: PdfFileReader, revision: int) -> Signing | None:
    """Return what ``revision`` signed, None where it did anything else; faults are raised."""
    table = reader.xrefs
    written = table.explicit_refs_in_revision(revision)
    if not revision or table.refs_freed_in_revision(revision) or _is_odd(reader, revision):
        return None
    fresh = {one for one in written if table.get_introducing_revision(one) == revision}
    changed = written - fresh
    if len(changed) != 1:
        return None
    (widget,) = changed
    before = reader.get_historical_resolver(revision - 1)
    after = reader.get_historical_resolver(revision)
    hung = _signed_widget(before, after, widget)
    if hung is None or not _is_signature(after.get_object(hung[0])):
        return None
    stream = table.get_xref_container_info(revision).stream_ref
    below = {hung[0], *([stream] if stream else []), *_closure(after, hung[1], fresh)}
    if below != fresh:
        return None
    name = str(after.get_object(widget)["/T"])
    return Signing(name, frozenset(one.idnum for one in fresh))


def _is_odd(reader: PdfFileReader, revision: int) -> bool:
    """Tell whether tables or trailer are not as a plain update's."""
    table = reader.xrefs
    streams = table.object_streams_used_in(revision)  # type: ignore[no-untyped-call]
    if streams or table.hybrid_xrefs_present:
        return True
    before, after = (reader.trailer.flatten(one) for one in (revision - 1, revision))
    return any(not is_same(before.get(key), after.get(key)) for key in _TRAILER)


def is_same(one: object, other: object) -> bool:
    """Tell whether two values are written alike, references unfollowed."""
    if isinstance(one, IndirectObject) and isinstance(other, IndirectObject):
        return (one.idnum, one.generation) == (other.idnum, other.generation)
    if type(one) is not type(other) or isinstance(one, StreamObject):
        return False
    if isinstance(one, DictionaryObject) and isinstance(other, DictionaryObject):
        return one.keys() == other.keys() and all(
            is_same(v, dict.get(other, k)) for k, v in one.items()
        )
    if isinstance(one, ArrayObject) and isinstance(other, ArrayObject):
        return len(one) == len(other) and all(map(is_same, iter(one), iter(other)))
    return one == other


def _signed_widget(
    before: HistoricalResolver, after: HistoricalResolver, widget: Reference
) -> tuple[Reference, Reference] | None:
    """Return what a field's value and look refer to, None unless it got these two alone."""
    old, new = before.get_object(widget), after.get_object(widget)
    if not isinstance(old, DictionaryObject) or not isinstance(new, DictionaryObject):
        return None
    if widget not in _form_fields(before) or old.get("/FT") != "/Sig" or "/V" in old:
        return None
    kept = [key for key in new if key not in {"/V", "/AP"}]
    if {*kept, "/AP"} != set(old) or not all(
        is_same(dict.get(new, k), dict.get(old, k)) for k in kept
    ):
        return None
    value, look = dict.get(new, "/V"), _normal_look(dict.get(new, "/AP"))
    if not isinstance(value, IndirectObject) or look is None:
        return None
    return value.reference, look


def _normal_look(looks: object) -> Reference | None:
    if not isinstance(looks, DictionaryObject) or set(looks) != {"/N"}:
        return None
    look = dict.get(looks, "/N")
    return look.reference if isinstance(look, IndirectObject) else None


def _is_signature(held: PdfObject) -> bool:
    if not isinstance(held, DictionaryObject) or held.get("/Type") != "/Sig":
        return False
    plain = [value for key, value in held.items() if key != _BUILD]
    return set(held) <= {*_SIGNATURE, _BUILD} and not any(_references(value) for value in plain)


def _closure(source: HistoricalResolver, start: Reference, fresh: set[Reference]) -> set[Reference]:
    """Return what hangs below ``start``; raises ValueError where that is not fresh."""
    found, waiting = set[Reference](), [start]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        if one not in fresh:
            raise ValueError(f"refers to an older object: {one.idnum}")
        found.add(one)
        waiting += _references(source.get_object(one))
    return found


def _references(held: object) -> list[Reference]:
    found, waiting = list[Reference](), [held]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            found.append(one.reference)
        elif isinstance(one, DictionaryObject):
            waiting += one.values()
        elif isinstance(one, ArrayObject):
            waiting += list(iter(one))
    return found


def _form_fields(source: HistoricalResolver) -> set[Reference]:
    fields = _held(source, reading.read_form(source), "/Fields")
    if not isinstance(fields, ArrayObject):
        return set()
    return {one.reference for one in iter(fields) if isinstance(one, IndirectObject)}


def _held(source: HistoricalResolver, holder: DictionaryObject, key: str) -> PdfObject:
    found = dict[PdfObject, PdfObject].__getitem__(holder, NameObject(key))
    return source.get_object(found.reference) if isinstance(found, IndirectObject) else found
