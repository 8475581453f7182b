#!/usr/bin/env python3
"""Verify a dossier without its program: verify_dossier.py FILE [--trust ROOTS.pem] [--json].

Needs Python 3.11 or later and the package ``cryptography``; no network, no workspace.
Checks in this order: the file's structure, that it is a dossier, every signature's digest and key,
what bytes they cover, the chain to the roots you trust, the time stated, the embedded facts
against the digests in the sealed metadata, and the ledger: each event's proof and the signed head.
Everything is read from the revision that the seal covers. What was added later must be one
counter-signature each time, in the field prepared for it, by the person planned, over the whole
file, and no other object may be written. Time stamps, revocation data, the schema of the facts and
whether the pages print what the facts say are not examined here; with time stamps the persons'
signatures are checked, what was added after the seal is not, and the verdict is "indeterminate".

Exit 0: valid. 1: untrusted, indeterminate, changed, damaged. 2: not a dossier.
"""

import argparse
import base64
import hashlib
import itertools
import json
import re
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

MARK = "mlops-desktop dossier"
DRAFT = "mlops-desktop draft"
SCHEMA = "dossier-evidence-1"
MOST = 256 * 1024 * 1024
MOST_IN_ALL = 2 * 1024 * 1024 * 1024
MOST_IN_FILE = 512 * 1024 * 1024
MOST_OF_ROOTS = 16 * 1024 * 1024


class Wrong(Exception):
    """A check failed: what that makes of the file, and why in a sentence."""

    def __init__(self, verdict, why):
        super().__init__(why)
        self.verdict = verdict


# --- PDF: as much of ISO 32000-1, 7.2 to 7.5, as a dossier uses ---------------------------------

SPACE = re.compile(rb"(?:[\x00\t\n\x0c\r ]|%[^\r\n]*)*")
TOKEN = re.compile(rb"[^\x00\t\n\x0c\r ()<>\[\]{}/%]+")
REFERENCE = re.compile(rb"(\d+)[\x00\t\n\x0c\r ]+(\d+)[\x00\t\n\x0c\r ]+R(?![A-Za-z])")
OBJECT = re.compile(rb"(\d+)[\x00\t\n\x0c\r ]+(\d+)[\x00\t\n\x0c\r ]+obj")
ESCAPES = {110: 10, 114: 13, 116: 9, 98: 8, 102: 12}


class Ref(int):
    """A reference to the object of this number."""


def parse(data, at):
    """Return the value at ``at`` and where it ends; names keep their slash."""
    at = SPACE.match(data, at).end()
    if data.startswith(b"<<", at):
        return parse_dictionary(data, at + 2)
    if data.startswith(b"[", at):
        return parse_array(data, at + 1)
    if data.startswith(b"(", at):
        return parse_string(data, at + 1)
    if data.startswith(b"<", at):
        end = data.index(b">", at)
        digits = re.sub(rb"\s", b"", data[at + 1 : end])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")), end + 1
    if data.startswith(b"/", at):
        found = TOKEN.match(data, at + 1)
        end = found.end() if found else at + 1
        name = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes.fromhex(m[1].decode()), data[at:end])
        return name.decode("latin-1"), end
    found = REFERENCE.match(data, at)
    if found:
        return Ref(found[1]), found.end()
    found = TOKEN.match(data, at)
    if not found:
        raise ValueError(f"no value at {at}")
    word = found[0]
    if word in (b"true", b"false", b"null"):
        return {b"true": True, b"false": False, b"null": None}[word], found.end()
    return (float(word) if b"." in word else int(word)), found.end()


def parse_dictionary(data, at):
    """Return a dictionary and where it ends."""
    found = {}
    while True:
        at = SPACE.match(data, at).end()
        if data.startswith(b">>", at):
            return found, at + 2
        key, at = parse(data, at)
        if not isinstance(key, str) or key in found:
            raise ValueError("odd key in a dictionary")
        found[key], at = parse(data, at)


def parse_array(data, at):
    """Return a list and where it ends."""
    found = []
    while True:
        at = SPACE.match(data, at).end()
        if data.startswith(b"]", at):
            return found, at + 1
        value, at = parse(data, at)
        found.append(value)


def parse_string(data, at):
    """Return a literal string and where it ends."""
    out, depth = bytearray(), 1
    while True:
        byte = data[at]
        at += 1
        if byte == 92:  # a backslash
            octal = re.compile(rb"[0-7]{1,3}").match(data, at)
            if octal:
                out.append(int(octal[0], 8) & 255)
                at = octal.end()
            else:
                out.append(ESCAPES.get(data[at], data[at]))
                at += 1
            continue
        depth += (byte == 40) - (byte == 41)
        if not depth:
            return bytes(out), at
        out.append(byte)


class Pdf:
    """A PDF up to a byte: its objects by number, the newest of each."""

    def __init__(self, data):
        self.data, self.places, self.packed, self.trailer = data, {}, {}, {}
        self.left = MOST_IN_ALL  # bytes that may still be unpacked: small streams add up too
        self.sections = []  # newest first: where the table stands, and what it lists
        start = data.rindex(b"startxref") + 9
        at, seen = parse(data, start)[0], set()
        while at is not None:
            if at in seen:
                raise ValueError("the cross-references go round in a circle")
            seen.add(at)
            at = self._table(at)

    def _table(self, at):
        self.sections.append((at, {}))
        if self.data.startswith(b"xref", at):
            trailer = self._plain_table(at + 4)
        else:
            trailer, content = self._stream_at(at)
            self._stream_table(trailer, content)
        self.trailer = {**trailer, **self.trailer}
        return trailer.get("/Prev")

    def _plain_table(self, at):
        while True:
            at = SPACE.match(self.data, at).end()
            if self.data.startswith(b"trailer", at):
                return parse(self.data, at + 7)[0]
            first, at = parse(self.data, at)
            count, at = parse(self.data, at)
            for number in range(first, first + count):
                place, at = parse(self.data, at)
                _, at = parse(self.data, at)
                kind = TOKEN.match(self.data, SPACE.match(self.data, at).end())[0]
                at = SPACE.match(self.data, at).end() + 1
                self._list(number, ("n", place) if kind == b"n" else None)

    def _stream_table(self, trailer, content):
        widths = trailer["/W"]
        size = trailer["/Size"]
        index = trailer.get("/Index", [0, size])
        at = 0
        for first, count in zip(index[::2], index[1::2], strict=True):
            for number in range(first, first + count):
                cells = []
                for place, width in enumerate(widths):
                    raw = content[at : at + width]
                    cells.append(int.from_bytes(raw, "big") if width else (1 if not place else 0))
                    at += width
                kind, second, third = cells
                entry = {1: ("n", second), 2: ("c", second, third)}.get(kind)
                self._list(number, entry)

    def _list(self, number, entry):
        self.places.setdefault(number, entry)
        self.sections[-1][1][number] = entry

    def get(self, value):
        """Return a value, its reference followed; a stream is a pair of dictionary and content."""
        return self.object(value) if isinstance(value, Ref) else value

    def object(self, number):
        """Return the object of a number."""
        place = self.places.get(int(number))
        if place is None:
            return None
        if place[0] == "c":
            return self._packed(place[1])[place[2]]
        found = OBJECT.match(self.data, SPACE.match(self.data, place[1]).end())
        if not found or int(found[1]) != number:
            raise ValueError(f"object {number} is not where the table says")
        value, end = parse(self.data, found.end())
        if isinstance(value, dict) and self.data.startswith(b"stream", self._skip(end)):
            return self._stream(value, self._skip(end) + 6)
        return value

    def _skip(self, at):
        return SPACE.match(self.data, at).end()

    def _stream_at(self, at):
        found = OBJECT.match(self.data, self._skip(at))
        value, end = parse(self.data, found.end())
        return self._stream(value, self._skip(end) + 6)

    def _stream(self, about, at):
        at += 2 if self.data.startswith(b"\r\n", at) else 1
        raw = self.data[at : at + self.get(about["/Length"])]
        filters = self.get(about.get("/Filter"))
        if filters is None or filters == []:
            return about, raw
        if filters not in ("/FlateDecode", ["/FlateDecode"]):
            raise ValueError(f"unknown filter {filters}")
        engine = zlib.decompressobj()
        content = engine.decompress(raw, min(MOST, self.left + 1))
        self.left -= len(content)
        if self.left < 0:
            raise ValueError(f"the streams are larger than {MOST_IN_ALL} bytes together")
        if engine.unconsumed_tail:
            raise ValueError(f"a stream is larger than {MOST} bytes")
        options = self.get(about.get("/DecodeParms")) or {}
        options = options[0] if isinstance(options, list) else options
        return about, unpredict(content, options)

    def _packed(self, number):
        if number not in self.packed:
            about, content = self.object(number)
            numbers = [int(one) for one in content[: about["/First"]].split()]
            offsets = numbers[1::2]
            self.packed[number] = [parse(content, about["/First"] + one)[0] for one in offsets]
        return self.packed[number]

    @property
    def root(self):
        """The catalogue."""
        return self.get(self.trailer["/Root"])


def unpredict(content, options):
    """Undo the PNG predictor "up" of cross-reference streams."""
    if options.get("/Predictor", 1) < 10:
        return content
    columns, out, before = options.get("/Columns", 1), bytearray(), None
    for at in range(0, len(content), columns + 1):
        kind, row = content[at], bytearray(content[at + 1 : at + 1 + columns])
        if kind not in (0, 2):
            raise ValueError(f"unknown predictor {kind}")
        if kind == 2 and before is not None:
            row = bytearray((one + above) & 255 for one, above in zip(row, before, strict=True))
        out += row
        before = row
    return bytes(out)


def embedded_files(pdf):
    """Return the attachments by name."""
    names = pdf.get(pdf.get(pdf.root.get("/Names") or {}).get("/EmbeddedFiles"))
    files = {}

    def walk(node, depth):
        if depth > 8:
            raise ValueError("the tree of attachments is too deep")
        held = pdf.get(node.get("/Names")) or []
        for name, value in zip(held[::2], held[1::2], strict=True):
            text = as_text(pdf.get(name))
            if text in files:
                raise ValueError(f"an attachment comes twice: {text}")
            stream = pdf.get(pdf.get(pdf.get(value)["/EF"])["/F"])
            files[text] = stream[1]
        for kid in pdf.get(node.get("/Kids")) or []:
            walk(pdf.get(kid), depth + 1)

    if names:
        walk(names, 0)
    return files


def as_text(value):
    """Return a text string."""
    if isinstance(value, bytes):
        if value.startswith(b"\xfe\xff"):
            return value[2:].decode("utf-16-be")
        return value.decode("utf-8" if value.startswith(b"\xef\xbb\xbf") else "latin-1")
    return str(value or "")


# --- signatures: CMS (RFC 5652) over a byte range -----------------------------------------------


def tlv(data, at):
    """Return tag, start of the content and end of the DER element at ``at``."""
    tag, length, start = data[at], data[at + 1], at + 2
    if length & 128:
        count = length & 127
        length, start = int.from_bytes(data[start : start + count], "big"), start + count
        if length < 1 << max(7, 8 * (count - 1)):
            raise ValueError("a length has another form than DER's")
    if start + length > len(data):
        raise ValueError("a DER element is cut off")
    return tag, start, start + length


def parts(data, start, end):
    """Return the elements between two places."""
    found = []
    while start < end:
        tag, inside, after = tlv(data, start)
        found.append((tag, start, inside, after))
        start = after
    return found


# What a signature holds besides what it signs: kinds, versions, algorithms, no content of its own.
SHA = ["300b0609608648016503040201", "300d06096086480165030402010500"]
FIXED = [
    ["06092a864886f70d010702"],
    ["020101"],
    ["310d" + SHA[0], "310f" + SHA[1]],
    ["300b06092a864886f70d010701"],
    ["020101"],
    SHA,
    [
        "300d06092a864886f70d01010b0500",
        "300d06092a864886f70d0101010500",
        "300a06082a8648ce3d040302",
    ],
]


def find_signatures(pdf):
    """Return every signature dictionary, in the order of what it covers."""
    form = pdf.get(pdf.root.get("/AcroForm")) or {}
    fields = [pdf.get(one) for one in pdf.get(form.get("/Fields")) or []]
    values = [pdf.get(one["/V"]) for one in fields if one.get("/FT") == "/Sig" and "/V" in one]
    return sorted(values, key=lambda one: sum(one["/ByteRange"][2:]))


def read_place(data, signature):
    """Return what stands in the place of a signature; raises Wrong for anything beside it."""
    first, before, after, _ = signature["/ByteRange"]
    place = data[before:after]
    if first or not (place.startswith(b"<") and place.endswith(b">")):
        raise Wrong("changed", "a signature does not begin with the file or covers an odd place")
    held = bytes.fromhex(place[1:-1].decode("ascii"))
    _, _, end = tlv(held, 0)
    written = held.hex().encode()
    if held[end:].strip(b"\0") or place[1:-1] not in (written, written.upper()):
        raise Wrong("changed", "something was hidden in the place of a signature")
    return held


def check_signature(data, signature):
    """Return certificate, the others inside, and whether it is stamped; raises Wrong if broken."""
    _, before, after, rest = signature["/ByteRange"]
    held = read_place(data, signature)
    covered = hashlib.sha256(data[:before] + data[after : after + rest]).digest()
    kind, content = parts(held, *tlv(held, 0)[1:])
    signed = parts(held, *tlv(held, content[2])[1:])
    certificates = [
        x509.load_der_x509_certificate(held[one[1] : one[3]])
        for group in signed
        if group[0] == 0xA0
        for one in parts(held, group[2], group[3])
    ]
    signer = parts(held, *parts(held, signed[-1][2], signed[-1][3])[0][2:])
    attributes = next(one for one in signer if one[0] == 0xA0)
    value = signer[[one[1] for one in signer].index(attributes[1]) + 2]
    own = find_signer(held, signer[1], certificates)
    fixed = [kind, *signed[:3], signer[0], signer[2], signer[4]]
    told = [held[one[1] : one[3]].hex() for one in fixed]
    tags = [held[0], content[0], held[content[2]], signed[-1][0], held[signed[-1][2]]]
    tags += [signer[1][0], *(one[0] for one in parts(held, *signer[1][2:])), value[0]]
    stamped = [one for one in signer[6:] if is_token(held, one)]
    shape = [len(signed), len(signer) - len(stamped), *tags]
    if shape != [5, 6, 0x30, 0xA0, 0x30, 0x31, 0x30, 0x30, 0x30, 2, 4] or not all(
        map(list.__contains__, FIXED, told)
    ):
        raise Wrong("changed", "a part of a signature that nothing signs is not as expected")
    check_attributes(held, attributes, covered, own)
    signed_bytes = b"\x31" + held[attributes[1] + 1 : attributes[3]]
    check_key(own.public_key(), held[value[2] : value[3]], signed_bytes)
    return own, [one for one in certificates if one is not own], bool(stamped)


def is_token(held, part):
    """Tell whether an unsigned part is one time stamp over the signature (RFC 3161, appendix A)."""
    named = bytes.fromhex("060b2a864886f70d010910020e")
    inside = parts(held, part[2], part[3])
    if part[0] != 0xA1 or len(inside) != 1:
        return False
    return held[inside[0][2] :].startswith(named)


def find_imprint(data, signature):
    """Raise Wrong unless a document time stamp names the digest of what it covers."""
    held = read_place(data, signature)
    _, before, after, rest = signature["/ByteRange"]
    if hashlib.sha256(data[:before] + data[after : after + rest]).digest() not in held:
        raise Wrong("changed", "a time stamp is over something else")


def find_signer(held, sid, certificates):
    """Return the certificate that the signature names by issuer and serial number."""
    issuer, serial = parts(held, sid[2], sid[3])
    number = int.from_bytes(held[serial[2] : serial[3]], "big")
    name = held[issuer[1] : issuer[3]]
    for one in certificates:
        if one.serial_number == number and one.issuer.public_bytes() == name:
            return one
    raise Wrong("changed", "the signer's certificate is missing")


def check_attributes(held, attributes, covered, own):
    """Check the digest of the covered bytes, and that the certificate is the one signed."""
    digest, certificate = (
        b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04",
        bytes.fromhex("2a864886f70d010910022f"),
    )
    found = {}
    for _, _, inside, after in parts(held, attributes[2], attributes[3]):
        kind, values = parts(held, inside, after)
        name = held[kind[2] : kind[3]]
        if name in found:
            raise Wrong("changed", "a signed attribute comes twice")
        found[name] = held[values[2] : values[3]]
    told = found.get(digest, b"")
    if told[2:] != covered:
        raise Wrong("changed", "the signed digest is not that of the file")
    named = hashlib.sha256(own.public_bytes(Encoding.DER)).digest()
    if named not in found.get(certificate, b""):
        raise Wrong("changed", "the signature was made for another certificate")


def check_key(key, value, signed):
    """Verify the signature itself."""
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(value, signed, padding.PKCS1v15(), SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(value, signed, ec.ECDSA(SHA256()))
        else:
            raise Wrong("changed", "a signature by an unknown kind of key")
    except InvalidSignature:
        raise Wrong("changed", "a signature does not belong to the file") from None


def check_trust(own, others, roots, at):
    """Check that certificates lead to a root, each valid at the time stated."""
    last, left = own, list(others)
    while True:
        if not last.not_valid_before_utc <= at <= last.not_valid_after_utc:
            raise Wrong("untrusted", f"the certificate of {name_of(last)} was not valid then")
        for root in roots:
            if root == last or is_issued_by(last, root):
                if [one for one in left if one != root]:
                    raise Wrong("changed", "a signature holds a certificate of no use")
                return
        above = [one for one in left if is_issued_by(last, one)]
        if not above:
            raise Wrong("untrusted", f"{name_of(own)} leads to no root that you trust")
        last = above[0]
        left.remove(last)


def is_issued_by(one, issuer):
    """Tell whether ``issuer`` signed ``one`` and may."""
    try:
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
        one.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return constraints.ca


def name_of(certificate):
    """Return the common name."""
    found = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(found[0].value) if found else certificate.subject.rfc4514_string()


def stated_time(signature):
    """Return the time that the signer states."""
    text = as_text(signature.get("/M"))
    found = re.match(r"D:(\d{14})(Z|([+-])(\d\d)'?(\d\d)?)?", text)
    if not found:
        raise Wrong("indeterminate", "a signature states no time")
    zone = "+0000" if found[2] in (None, "Z") else found[3] + found[4] + (found[5] or "00")
    return datetime.strptime(found[1] + zone, "%Y%m%d%H%M%S%z").astimezone(UTC)


# --- revisions: one counter-signature each -------------------------------------------------------

SIGNATURE = {"/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange", "/M", "/Name"}
SIGNATURE |= {"/Reason", "/Prop_Build"}
# What a signature by an elliptic curve adds to the catalogue (ISO/TS 32002).
CURVES = [
    {
        "/Type": "/DeveloperExtensions",
        "/BaseVersion": "/2.0",
        "/ExtensionLevel": 32002,
        "/URL": b"https://www.iso.org/standard/45875.html",
        "/ExtensionRevision": b":2022",
    }
]
GAP = rb"(?:[\x00\t\n\x0c\r ]|%[^\r\n]*[\r\n])+"
NUMBERS = re.compile(rb"(?<![0-9])([0-9]{1,10})" + GAP + rb"[0-9]{1,5}" + GAP + rb"R")


def references(value):
    """Return the numbers of the objects that a value refers to."""
    if isinstance(value, Ref):
        return {int(value)}
    if isinstance(value, tuple):  # a stream
        value = value[0]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(references, inside))


def check_places(pdf):
    """Check that every object stands in the part of the file that lists it."""
    begin = 0
    for at, listed in reversed(pdf.sections):
        for number, entry in listed.items():
            holder = listed.get(entry[1]) if entry and entry[0] == "c" else entry
            if entry and (not holder or not begin <= holder[1] <= at):
                raise Wrong("changed", f"object {number} stands outside the part that lists it")
        begin = at


def check_form(pdf):
    """Check that the form has places for signatures alone."""
    form = pdf.get(pdf.root.get("/AcroForm")) or {}
    fields = [pdf.get(one) for one in pdf.get(form.get("/Fields")) or []]
    odd = [one for one in fields if one.get("/FT") != "/Sig" or {"/Kids", "/A", "/AA"} & set(one)]
    if set(form) - {"/Fields", "/SigFlags"} or odd:
        raise Wrong("changed", "the form could be filled in otherwise than by signing")


ODD = "after the seal something else than a counter-signature was written"


def demand(holds):
    """Raise Wrong where a later revision is not of a counter-signature's shape."""
    if not holds:
        raise Wrong("changed", ODD)


def check_revision(old, new, number):
    """Check that ``new`` adds counter-signature ``number`` to ``old`` and changes nothing else."""
    if "/DSS" in new.root:
        raise Wrong("indeterminate", "revocation data was added, which is not examined here")
    same = (new.trailer.get(key) == old.trailer.get(key) for key in ("/Root", "/Info", "/Encrypt"))
    demand(all(same) and len(new.sections) == len(old.sections) + 1)
    at, listed = new.sections[0]
    written = {key: entry for key, entry in listed.items() if key}
    fresh = {key for key in written if key not in old.places}
    changed = set(written) - fresh - check_catalogue(old, new, written)
    demand(len(changed) == 1 and all(one and one[0] == "n" for one in written.values()))
    (field,) = changed
    after = check_field(old, new, field)
    if as_text(after["/T"]) != f"Countersignature{number}":
        raise Wrong("changed", "a counter-signature was given out of turn")
    table = {key for key, entry in written.items() if entry[1] == at}
    hung = hanging(new, references(after["/AP"]), fresh)
    demand(table | hung | {int(after["/V"])} == fresh and not fresh & referred(old))


def check_catalogue(old, new, written):
    """Return the catalogue's number where it was written again: only to name elliptic curves."""
    number = int(new.trailer["/Root"])
    if number not in written:
        return set()
    before, after = dict(old.object(number)), dict(new.object(number))
    had, has = before.pop("/Extensions", {}), after.pop("/Extensions", {})
    demand(isinstance(had, dict) and isinstance(has, dict))
    demand(after.pop("/Version", None) == "/2.0" and has == {**had, "/ISO_": CURVES})
    before.pop("/Version", None)
    demand(before == after)
    return {number}


def check_field(old, new, number):
    """Check that a prepared field got a signature and a look and nothing else; return it."""
    before, after = old.object(number), new.object(number)
    form = old.get(old.root["/AcroForm"])
    demand(number in map(int, old.get(form["/Fields"])) and "/V" not in before)
    kept = {key: value for key, value in after.items() if key not in ("/V", "/AP")}
    demand(kept == {key: value for key, value in before.items() if key != "/AP"})
    signature = new.get(after["/V"])
    plain = {key: value for key, value in signature.items() if key != "/Prop_Build"}
    demand(not set(signature) - SIGNATURE and not references(plain))
    demand(isinstance(after["/V"], Ref) and set(after["/AP"]) == {"/N"})
    return after


def hanging(pdf, waiting, fresh):
    """Return the objects below those that wait; each must be new."""
    found = set()
    while waiting:
        one = waiting.pop()
        demand(one in fresh)
        found.add(one)
        waiting |= references(pdf.object(one)) - found
    return found


def referred(pdf):
    """Return every number that is referred to, whether the object exists or not."""
    packed = {entry[1] for entry in pdf.places.values() if entry and entry[0] == "c"}
    texts = [pdf.data, *(pdf.object(one)[1] for one in packed)]
    return {int(one) for text in texts for one in NUMBERS.findall(text)}


def check_later(data, found, evidence):
    """Check what was added after the seal, and by whom."""
    planned = evidence["document"].get("signers", [])
    stages = [Pdf(data[: sum(one["/ByteRange"][2:])]) for one in found]
    for number, (old, new) in enumerate(itertools.pairwise(stages), 1):
        check_revision(old, new, number)
        name = as_text(found[number].get("/Name"))
        if number > len(planned) or planned[number - 1]["name"] != name:
            raise Wrong("changed", f"{name} signed without being planned for, or out of turn")


# --- evidence and ledger ------------------------------------------------------------------------


def canonical(value):
    """Return canonical JSON (RFC 8785 for ASCII keys and whole numbers)."""
    shown = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return shown.encode("utf-8")


def check_evidence(metadata, files):
    """Check the attachments against the sealed metadata; return the facts."""
    if "<!DOCTYPE" in metadata or "<!ENTITY" in metadata:
        raise Wrong("changed", "the metadata is not plain XML")
    told = set(re.findall(r"<rdf:li>([^<>]+ sha256:[0-9a-f]{64})</rdf:li>", metadata))
    if "evidence.json" not in files or "ledger-extract.jsonl" not in files:
        raise Wrong("changed", "the embedded facts are missing")
    evidence = json.loads(files["evidence.json"])
    if evidence["schema"] != SCHEMA:
        raise Wrong("indeterminate", "the facts are in a form that this verifier does not know")
    if canonical(evidence) != files["evidence.json"]:
        raise Wrong("changed", "the embedded facts are not in canonical form")
    wanted = {f"{n} sha256:{hashlib.sha256(d).hexdigest()}" for n, d in files.items()}
    facts = hashlib.sha256(canonical(evidence["facts"])).hexdigest()
    wanted.add("facts sha256:" + facts)
    if told != wanted:
        odd = min(told ^ wanted).split(" sha256:")[0]
        raise Wrong("changed", f"the digest of {odd} is not the one in the sealed metadata")
    if "urn:uuid:{}<".format(evidence["document"]["id"]) not in metadata:
        raise Wrong("changed", "the embedded facts belong to another document")
    return evidence


def read_leaves(extract):
    """Return the lines of the ledger extract by position."""
    leaves = {}
    for line in extract.splitlines():
        leaf = json.loads(line)
        if canonical(leaf) != line:
            raise Wrong("changed", "the ledger extract is not in canonical form")
        leaves[leaf["position"]] = leaf
    return leaves


def check_parts(facts, files):
    """Check that the parts of single models are the ones named; return their facts."""
    lines, named = files.get("models.jsonl", b"").splitlines(), facts.get("model_parts", [])
    if len(lines) != len(named) or ("models.jsonl" in files) != bool(named):
        raise Wrong("changed", "the parts of single models are not those named")
    parts = []
    for one, line in zip(named, lines, strict=True):
        part = json.loads(line)
        same = hashlib.sha256(line).hexdigest() == one["facts"] and canonical(part) == line
        same = same and [part[k] for k in ("model_id", "model_name")] == [
            one[k] for k in ("model_id", "model_name")
        ]
        head = part["ledger"]["checkpoint"] == facts["ledger"]["checkpoint"]
        if not same or not head or part["as_of"] != facts["as_of"]:
            raise Wrong("changed", "the part of {model_id} is not the one named".format(**one))
        parts.append(part)
    return parts


def check_ledger(ledger, leaves):
    """Check every event's proof and the signed head; return how many events are proved."""
    head = ledger["checkpoint"]["head"]
    size, root = head["size"], bytes.fromhex(head["root"])
    check_head(ledger["checkpoint"], size, root)
    entries = ledger["entries"] if isinstance(ledger["entries"], list) else []
    for entry in entries:
        at = entry["position"]
        leaf = leaves.get(at)
        if leaf is None:
            raise Wrong("changed", f"event {at} has no proof")
        if isinstance(leaf["body"], str):
            found = hashlib.sha256(b"\0" + leaf["body"].encode("utf-8")).hexdigest()
            if found != entry["leaf"]:
                raise Wrong("changed", f"event {at} is not the one named")
        path = [bytes.fromhex(step) for step in leaf["path"]]
        if climb(bytes.fromhex(entry["leaf"]), at, size, path) != root:
            raise Wrong("changed", f"event {at} does not lead to the head")
    return len(entries)


def climb(leaf, index, size, path):
    """Return the root that a leaf and its path lead to (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return b""
    node, last = index, size - 1
    for step in path:
        if not last:
            return b""
        if node & 1 or node == last:
            leaf = hashlib.sha256(b"\1" + step + leaf).digest()
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            leaf = hashlib.sha256(b"\1" + leaf + step).digest()
        node, last = node >> 1, last >> 1
    return b"" if last else leaf


def check_head(checkpoint, size, root):
    """Check the signed note: its head, and that one of the devices' keys at least signed it."""
    text, _, signatures = checkpoint["note"].rpartition("\n\n")
    lines = text.split("\n")
    if int(lines[1]) != size or base64.b64decode(lines[2]) != root:
        raise Wrong("changed", "the signed head is not the one named")
    known = [head_key(key) for key in checkpoint["keys"]]
    signed = [line_signed(line, text + "\n", known) for line in signatures.splitlines()]
    if known and not any(signed):
        raise Wrong("changed", "the head lacks the signature of any device named")


def head_key(key):
    """Return the name, short id and public key that a key of a signed note says."""
    name, short, raw = key.split("+", 2)
    public = base64.b64decode(raw)
    wanted = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    if public[:1] != b"\1" or wanted.hex() != short:
        raise Wrong("changed", "a key of the head is malformed")
    return name, wanted, ed25519.Ed25519PublicKey.from_public_bytes(public[1:])


def line_signed(line, text, known):
    """Tell whether a line of a note is the signature of a known key; a broken one is refused."""
    _, by, value = line.split(" ")
    given = base64.b64decode(value)
    named = [public for name, short, public in known if (name, short) == (by, given[:4])]
    for public in named:  # four bytes can collide: any of the keys may have signed
        try:
            public.verify(given[4:], text.encode())
            return True
        except InvalidSignature:
            continue
    if named:
        raise Wrong("changed", "the head's signature is broken")
    return False


# --- the whole ----------------------------------------------------------------------------------


def verify(data, roots, told):
    """Fill ``told`` with what is found; raises Wrong at the first check that fails."""
    if not data.startswith(b"%PDF-"):
        was = b"%PDF-" in data[:1024] or b"%%EOF" in data[-1024:]
        raise Wrong("damaged" if was else "not_a_dossier", "this does not begin as a PDF")
    whole = Pdf(data)
    found = find_signatures(whole)
    stamps = [one for one in found if one.get("/SubFilter") == "/ETSI.RFC3161"]
    if not found or found[0] in stamps:
        raise unsealed(whole, data)
    sealed = Pdf(data[: sum(found[0]["/ByteRange"][2:])])
    files = embedded_files(sealed)
    metadata = sealed.get(sealed.root["/Metadata"])[1].decode("utf-8")
    if "evidence.json" not in files and MARK not in metadata:
        raise Wrong("not_a_dossier", "there are no facts inside")
    told["time_stamps"] = len(stamps)
    signers = check_signatures(data, found, told)
    found = [one for one in found if one not in stamps]
    if embedded_files(whole) != files:
        raise Wrong("changed", "the attachments were changed after the seal")
    check_places(whole)
    evidence = check_facts(metadata, files, told)
    if not told["time_stamps"]:
        check_form(whole)
        check_later(data, found, evidence)
    if not roots:
        raise Wrong("untrusted", "no roots were named, so nobody vouches for the signers")
    for own, others, at in signers:
        check_trust(own, others, roots, at)
    for (own, _, _), signature in zip(signers, found, strict=True):
        check_name(name_of(own), as_text(signature.get("/Name")))
    if told["time_stamps"]:
        raise Wrong(
            "indeterminate",
            "the persons' signatures hold; the time stamps inside, whether certificates were"
            " revoked, and what was added after the seal, are not judged here",
        )


def unsealed(whole, data):
    """Return what a file without a seal is."""
    if DRAFT.encode() in data and MARK.encode() not in data:
        return Wrong("not_a_dossier", "this is an unsealed draft: it was not issued")
    marked = "evidence.json" in embedded_files(whole) or MARK.encode() in data
    return Wrong("changed" if marked else "not_a_dossier", "there is no seal")


def check_name(certified, shown):
    """Check that a signature shows the name that its certificate certifies, words in any order."""
    one, other = (set(re.findall(r"\w+", name.casefold())) for name in (certified, shown))
    if shown and not (one <= other or other <= one):
        raise Wrong("untrusted", f"signed as {shown}, but the certificate is that of {certified}")


def check_signatures(data, found, told):
    """Check every signature, and that the last leaves nothing out; return the signers."""
    signers = []
    for signature in found:
        if signature.get("/SubFilter") == "/ETSI.RFC3161":
            find_imprint(data, signature)
            continue
        own, others, is_stamped = check_signature(data, signature)
        told["time_stamps"] += is_stamped
        at = stated_time(signature)
        signers.append((own, others, at))
        told["signatures"].append({"certificate": name_of(own), "at": at.isoformat()})
    if sum(found[-1]["/ByteRange"][2:]) != len(data):
        raise Wrong("changed", "something was added that no signature covers")
    return signers


def check_facts(metadata, files, told):
    """Check evidence and ledger, and tell what they are about."""
    try:
        evidence = check_evidence(metadata, files)
        facts = evidence["facts"]
        leaves = read_leaves(files["ledger-extract.jsonl"])
        parts = check_parts(facts, files)
        proved = sum(check_ledger(one["ledger"], leaves) for one in [facts, *parts])
    except (ValueError, KeyError, TypeError, IndexError) as fault:
        raise Wrong("changed", f"the embedded facts are malformed: {fault}") from None
    told.update(document=evidence["document"]["id"], model=facts["model_id"], proved=proved)
    return evidence


def judge(data, roots):
    """Return what is found, as one JSON document holds it, and the exit code."""
    told = {"sha256": hashlib.sha256(data).hexdigest(), "signatures": [], "time_stamps": 0}
    verdict, why = "valid", ""
    try:
        verify(data, roots, told)
    except Wrong as wrong:
        verdict, why = wrong.verdict, str(wrong)
    except Exception as fault:  # whatever a broken file makes of the parser is never a pass
        verdict, why = "damaged", f"{type(fault).__name__}: {str(fault)[:200]}"
    code = {"valid": 0, "not_a_dossier": 2}.get(verdict, 1)
    return {"verdict": verdict, "why": why, **told}, code


def read_within(path, most):
    """Return a file's bytes, read no further than that."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(most + 1)
    except OSError as fault:
        sys.exit(f"{path}: {fault.strerror}")
    if len(data) > most:
        raise Wrong("indeterminate", f"{path} is larger than {most} bytes and was not read")
    return data


def examine(given):
    """Return what is found of the file named, and the exit code."""
    try:
        data = read_within(given.file, MOST_IN_FILE)
        pem = read_within(given.trust, MOST_OF_ROOTS) if given.trust else b""
    except Wrong as wrong:
        none = {"sha256": None, "signatures": [], "time_stamps": 0}
        return {"verdict": wrong.verdict, "why": str(wrong), **none}, 1
    return judge(data, x509.load_pem_x509_certificates(pem) if pem else [])


def main():
    """Verify the file named on the command line."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("file")
    asked.add_argument("--trust", metavar="PEM", help="the roots that you trust")
    asked.add_argument("--json", action="store_true", help="print one JSON document")
    given = asked.parse_args()
    told, code = examine(given)
    if given.json:
        print(json.dumps(told, indent=1))
    else:
        verdict, why = told["verdict"].replace("_", " "), told["why"]
        print("{}{}".format(verdict, ": " + why if why else ""))
        for one in told["signatures"]:
            print("signed by {certificate}, {at}".format(**one))
    return code


if __name__ == "__main__":
    sys.exit(main())
