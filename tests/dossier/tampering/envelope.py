"""Attacks on the bytes around the objects: byte ranges, signatures, beginnings and ends."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import TypeAlias

import pikepdf

from tests.dossier.tampering.pages import content_replaced
from tests.dossier.tampering.revision import appended

Attack: TypeAlias = "Callable[[bytes], bytes]"
_RANGE = re.compile(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\] *")


def _last_range(pdf: bytes) -> re.Match[bytes]:
    return list(_RANGE.finditer(pdf))[-1]


def _ranged(pdf: bytes, *numbers: int) -> bytes:
    """Write another byte range in the place of the last."""
    place = _last_range(pdf)
    return _put(pdf, place, b"/ByteRange [" + b" ".join(b"%d" % one for one in numbers) + b"]")


def _put(pdf: bytes, place: re.Match[bytes], text: bytes) -> bytes:
    room = place.end() - place.start()
    return pdf[: place.start()] + text.ljust(room)[:room] + pdf[place.end() :]


def _edges(pdf: bytes) -> tuple[int, int, int, int]:
    a, b, c, d = (int(one) for one in _last_range(pdf).groups())
    return a, b, c, d


def range_null(pdf: bytes) -> bytes:
    return _put(pdf, _last_range(pdf), b"/ByteRange null")


def range_missing(pdf: bytes) -> bytes:
    return _put(pdf, _last_range(pdf), b"/ByteRandom []")


def range_empty(pdf: bytes) -> bytes:
    return _put(pdf, _last_range(pdf), b"/ByteRange []")


def range_of_nothing(pdf: bytes) -> bytes:
    return _ranged(pdf, 0, 0, 0, 0)


def range_negative(pdf: bytes) -> bytes:
    a, b, c, _ = _edges(pdf)
    return _ranged(pdf, a, b, c, -1)


def range_short(pdf: bytes) -> bytes:
    a, b, c, d = _edges(pdf)
    return _ranged(pdf, a, b, c, d - 10)


def range_beyond_the_end(pdf: bytes) -> bytes:
    a, b, c, d = _edges(pdf)
    return _ranged(pdf, a, b, c, d + 10)


def range_over_everything(pdf: bytes) -> bytes:
    return _ranged(pdf, 0, len(pdf), len(pdf), 0)


def range_in_pieces(pdf: bytes) -> bytes:
    a, b, c, d = _edges(pdf)
    return _ranged(pdf, a, b, c, d - 1, c + d - 1, 1)


def _held(pdf: bytes) -> tuple[int, int]:
    start = pdf.rindex(b"/Contents <") + len(b"/Contents ")
    return start, pdf.index(b">", start) + 1


def _holding(pdf: bytes, text: bytes) -> bytes:
    start, end = _held(pdf)
    return pdf[:start] + text.ljust(end - start)[: end - start] + pdf[end:]


def signature_null(pdf: bytes) -> bytes:
    return _holding(pdf, b"null")


def signature_empty(pdf: bytes) -> bytes:
    return _holding(pdf, b"<>")


def signature_of_zeros(pdf: bytes) -> bytes:
    start, end = _held(pdf)
    return _holding(pdf, b"<" + b"0" * (end - start - 2) + b">")


def signature_missing(pdf: bytes) -> bytes:
    start, _ = _held(pdf)
    return pdf[: start - 10] + b"/Xontents " + pdf[start:]


def signature_of_another_revision(pdf: bytes) -> bytes:
    """The seal's own CMS in the place of the last signature."""
    first = re.search(rb"/Contents (<[0-9a-fA-F]{2000,}>)", pdf)
    assert first is not None
    return _holding(pdf, first[1])


def signature_in_small_letters(pdf: bytes) -> bytes:
    start, _ = _held(pdf)
    return pdf[:start] + pdf[start : start + 60].lower() + pdf[start + 60 :]


def signature_padded(pdf: bytes) -> bytes:
    _, end = _held(pdf)
    return pdf[: end - 5] + b"BEEF" + pdf[end - 1 :]


def another_filter(pdf: bytes) -> bytes:
    old = b"/ETSI.CAdES.detached"
    place = pdf.rindex(old)
    return pdf[:place] + b"/adbe.x509.rsa_sha1 " + pdf[place + len(old) :]


def space_after_the_end(pdf: bytes) -> bytes:
    return pdf + b" "


def words_after_the_end(pdf: bytes) -> bytes:
    return pdf + b"\n% approved\n"


def end_twice(pdf: bytes) -> bytes:
    return pdf + b"%%EOF\n"


def empty_revision(pdf: bytes) -> bytes:
    return appended(pdf, lambda _: None)


def objects_without_a_table(pdf: bytes) -> bytes:
    """Incremental saving attack: a body alone, which lenient viewers read all the same."""
    more = appended(pdf, content_replaced)[len(pdf) :]
    return pdf + more[: more.rindex(b"startxref")]


def table_in_a_circle(pdf: bytes) -> bytes:
    """The newest table names itself as the one before."""
    more = bytearray(appended(pdf, lambda _: None))
    at = int(re.findall(rb"startxref\s+(\d+)", bytes(more))[-1])
    old = re.search(rb"/Prev (\d+)", bytes(more[at:]))
    assert old is not None
    room = len(old[1])
    more[at + old.start(1) : at + old.end(1)] = str(at).encode().rjust(room, b"0")[:room]
    return bytes(more)


def cut_short(pdf: bytes) -> bytes:
    return pdf[:-40]


def half(pdf: bytes) -> bytes:
    return pdf[: len(pdf) // 2]


def words_before_the_beginning(pdf: bytes) -> bytes:
    return b"GIF89a" + pdf


def line_before_the_beginning(pdf: bytes) -> bytes:
    return b"\n" + pdf


def other_version(pdf: bytes) -> bytes:
    return pdf.replace(b"%PDF-1.7", b"%PDF-1.4", 1)


def no_pdf_any_more(pdf: bytes) -> bytes:
    return b"%PNG-1.7" + pdf[8:]


def _blank() -> bytes:
    out = BytesIO()
    with pikepdf.new() as other:
        other.add_blank_page()
        other.save(out)
    return out.getvalue()


def after_another(pdf: bytes) -> bytes:
    return _blank() + pdf


def before_another(pdf: bytes) -> bytes:
    return pdf + _blank()


def twice(pdf: bytes) -> bytes:
    return pdf + pdf


def _saved(pdf: bytes, **options: object) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def written_anew(pdf: bytes) -> bytes:
    return _saved(pdf)


def written_for_the_web(pdf: bytes) -> bytes:
    return _saved(pdf, linearize=True)


def written_without_compression(pdf: bytes) -> bytes:
    generate = pikepdf.ObjectStreamMode.disable
    return _saved(pdf, compress_streams=False, object_stream_mode=generate)


def encrypted(pdf: bytes) -> bytes:
    return _saved(pdf, encryption=pikepdf.Encryption(owner="o", user=""))


def encrypted_for_one(pdf: bytes) -> bytes:
    return _saved(pdf, encryption=pikepdf.Encryption(owner="o", user="u"))


ATTACKS: tuple[Attack, ...] = (
    range_null,
    range_missing,
    range_empty,
    range_of_nothing,
    range_negative,
    range_short,
    range_beyond_the_end,
    range_over_everything,
    range_in_pieces,
    signature_null,
    signature_empty,
    signature_of_zeros,
    signature_missing,
    signature_of_another_revision,
    signature_in_small_letters,
    signature_padded,
    another_filter,
    space_after_the_end,
    words_after_the_end,
    end_twice,
    empty_revision,
    objects_without_a_table,
    table_in_a_circle,
    cut_short,
    half,
    words_before_the_beginning,
    line_before_the_beginning,
    other_version,
    no_pdf_any_more,
    after_another,
    before_another,
    twice,
    written_anew,
    written_for_the_web,
    written_without_compression,
    encrypted,
    encrypted_for_one,
)
