"""Signature wrapping: what was signed moves to the end, the attacker's objects take its place.

The signature dictionary is written again in the part that no range covers, with the range that
makes its digest right; the table that the signed end points at is the attacker's.
"""

import re
from typing import Protocol

from tests.dossier.judging import load_verifier

_HELD = re.compile(rb"/ByteRange \[\d+ (\d+) (\d+) (\d+)\]")


class _Places(Protocol):
    places: dict[int, tuple[str, int] | None]
    trailer: dict[str, object]


def wrapped(pdf: bytes) -> bytes:
    """Return the file with other page content under signatures whose digests are right."""
    before, after, rest = (int(one) for one in list(_HELD.finditer(pdf))[-1].groups())
    table_at = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    opened: _Places = load_verifier().Pdf(pdf)
    places = {n: at[1] for n, at in opened.places.items() if at and at[0] == "n"}
    signature = max((n for n, at in places.items() if at < before), key=places.__getitem__)
    content = next(n for n, at in places.items() if _is_stream(pdf, at))
    own = pdf[places[signature] : pdf.index(b"endobj", after) + 6]
    room = b" " * 40_000
    kept = pdf[after:table_at]
    evil = {content: b"%d 0 obj\n<</Length 5>>\nstream\nBT ET\nendstream\nendobj\n" % content}
    gap = len(kept) + len(room)
    evil[signature] = _HELD.sub(b"/ByteRange [0 %d %d %d]" % (before, after + gap, rest), own)
    begins = pdf.rindex(b"%%EOF", 0, before)
    newer = {n: at for n, at in places.items() if at > begins}
    inside = _gap(pdf, table_at, newer, evil, opened)
    return pdf[:after] + kept + inside.ljust(len(room)) + pdf[after:]


def _gap(
    pdf: bytes, at: int, newer: dict[int, int], evil: dict[int, bytes], opened: _Places
) -> bytes:
    previous = int(re.findall(rb"/Prev (\d+)", pdf)[-1])
    count = len(newer.keys() | evil.keys())
    start = at + 30 * count + 400
    written, body = dict(newer), b""
    for number, data in evil.items():
        written[number] = start + len(body)
        body += data + b"\n"
    rows = b"".join(b"%d 1\n%010d 00000 n\r\n" % one for one in sorted(written.items()))
    root = int(str(opened.trailer["/Root"]))
    size = int(str(opened.trailer["/Size"]))
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (size, root, previous)
    return (b"xref\n" + rows + trailer).ljust(start - at) + body


def _is_stream(pdf: bytes, at: int) -> bool:
    return b"/Length" in pdf[at : at + 200] and b"/Type" not in pdf[at : at + 200]
