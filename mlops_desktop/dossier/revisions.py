"""What a revision after the seal may write: exactly one signature in a place prepared for it.

Such a revision is recognised by its own objects alone: the field gets a value and a look, all else
written is new and hangs below these two. Whatever is not of that shape is left to pyHanko's
analysis, which reads every object of the document first: seconds for thousands of pages.
"""

import re
from io import BytesIO

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffPolicy,
    DiffResult,
    ModificationLevel,
    SuspiciousModification,
)
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm

from mlops_desktop.dossier.signed_revision import read_signing

# Read backwards, so that the search begins at the rare letter and not at every digit.
_GAP = rb"(?:[\x00\t\n\x0c\r ]|[\r\n][^\r\n]*%)+"
_REFERENCE = re.compile(rb"R" + _GAP + rb"[0-9]{1,5}" + _GAP + rb"([0-9]{1,10})(?![0-9])")


class SigningPolicy(DiffPolicy):
    """Clears revisions that sign a prepared field; asks pyHanko's own policy about all others.

    One for each file: it remembers what it recognised.
    """

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._reader: PdfFileReader | None = None
        self._recognised: dict[int, str | None] = {}
        self._numbers: set[int] = set()
        self._scanned = 0
        self._opened: set[tuple[int, int]] = set()

    def apply(
        self,
        old: HistoricalResolver,
        new: HistoricalResolver,
        field_mdp_spec: FieldMDPSpec | None = None,
        doc_mdp: MDPPerm | None = None,
    ) -> DiffResult:
        """Return how far ``new`` changes the document; raises SuspiciousModification."""
        field = self._signed_field(new.reader, new.revision)
        if field is None or field_mdp_spec is not None or doc_mdp is MDPPerm.NO_CHANGES:
            return self._ask_pyhanko(old.revision, new.revision, field_mdp_spec, doc_mdp)
        return DiffResult(ModificationLevel.FORM_FILLING, {field})

    def _ask_pyhanko(
        self, old: int, new: int, field_mdp_spec: FieldMDPSpec | None, doc_mdp: MDPPerm | None
    ) -> DiffResult:
        # A reader of its own: the analysis fails on streams that were decoded before.
        reader = self._reader or PdfFileReader(BytesIO(self._pdf))
        self._reader = reader
        before, after = (reader.get_historical_resolver(one) for one in (old, new))
        return DEFAULT_DIFF_POLICY.apply(before, after, field_mdp_spec, doc_mdp)

    def review_file(
        self,
        reader: PdfFileReader,
        base_revision: int | HistoricalResolver,
        field_mdp_spec: FieldMDPSpec | None = None,
        doc_mdp: MDPPerm | None = None,
    ) -> DiffResult | SuspiciousModification:
        """Review each revision after ``base_revision`` for itself, as pyHanko's policy does."""
        base = base_revision
        old = reader.get_historical_resolver(base) if isinstance(base, int) else base
        level, fields = ModificationLevel.NONE, set[str]()
        for revision in range(old.revision + 1, reader.xrefs.total_revisions):
            new = reader.get_historical_resolver(revision)
            try:
                found = self.apply(old, new, field_mdp_spec, doc_mdp)
            except SuspiciousModification as suspicion:
                return suspicion
            level = max(level, found.modification_level)
            fields |= found.changed_form_fields
        return DiffResult(level, fields)

    def _signed_field(self, reader: PdfFileReader, revision: int) -> str | None:
        if revision not in self._recognised:
            self._recognised[revision] = self._recognise(reader, revision)
        return self._recognised[revision]

    def _recognise(self, reader: PdfFileReader, revision: int) -> str | None:
        try:
            found = read_signing(reader, revision)
        except (PdfError, ValueError, KeyError, TypeError, RecursionError):
            return None
        if found is None or found.numbers & self._numbers_before(reader, revision):
            return None
        return found.field

    def _numbers_before(self, reader: PdfFileReader, revision: int) -> set[int]:
        """Return every number that an earlier revision refers to, whether it exists or not.

        An object can be announced before it is there: what comes later must not take its number.
        """
        end = reader.xrefs.get_xref_container_info(revision - 1).end_location
        self._note(self._pdf[self._scanned : end])
        self._scanned = max(self._scanned, end)
        for earlier in range(revision):
            streams = reader.xrefs.object_streams_used_in(earlier)  # type: ignore[no-untyped-call]
            for stream in streams:
                if (earlier, stream.idnum) not in self._opened:
                    self._opened.add((earlier, stream.idnum))
                    held = reader.get_historical_resolver(earlier).get_object(stream)
                    self._note(bytes(held.data))
        return self._numbers

    def _note(self, data: bytes) -> None:
        self._numbers.update(int(found[::-1]) for found in _REFERENCE.findall(data[::-1]))
