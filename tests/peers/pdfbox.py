"""Asks PDFBox and BouncyCastle about every signature of files; prints JSON.

Runs in the environment of verapdf.lock, for its jpype; the jars are Debian's libpdfbox2-java and
libbcpkix-java.

usage: python pdfbox.py FILE...
"""

import hashlib
import json
import sys
from pathlib import Path

import jpype  # type: ignore[import-not-found]

_DEBIAN = Path("/usr/share/java")
_JARS = ("pdfbox2", "fontbox2", "commons-logging", "bcprov", "bcpkix", "bcutil")


def _judge(file: str) -> list[dict[str, object]]:
    data = Path(file).read_bytes()
    document = jpype.JClass("org.apache.pdfbox.pdmodel.PDDocument").load(
        jpype.JClass("java.io.File")(file)
    )
    found = []
    for signature in document.getSignatureDictionaries():
        ends = [int(one) for one in signature.getByteRange()]
        held = bytes(signature.getContents(data))
        covered = bytes(signature.getSignedContent(data))
        is_stamp = str(signature.getSubFilter()) == "ETSI.RFC3161"
        found.append(
            {
                "name": str(signature.getName()),
                "kind": str(signature.getSubFilter()),
                "valid": (_stamp_holds if is_stamp else _holds)(held, covered),
                "whole": ends[2] + ends[3] == len(data),
            }
        )
    document.close()
    return sorted(found, key=lambda one: bool(one["whole"]))


def _holds(held: bytes, covered: bytes) -> bool:
    content = jpype.JClass("org.bouncycastle.cms.CMSProcessableByteArray")(covered)
    return _verify(jpype.JClass("org.bouncycastle.cms.CMSSignedData")(content, held))


def _stamp_holds(held: bytes, covered: bytes) -> bool:
    token = jpype.JClass("org.bouncycastle.tsp.TimeStampToken")(
        jpype.JClass("org.bouncycastle.cms.CMSSignedData")(held)
    )
    imprint = bytes(token.getTimeStampInfo().getMessageImprintDigest())
    algorithm = str(token.getTimeStampInfo().getMessageImprintAlgOID())
    assert algorithm == "2.16.840.1.101.3.4.2.1", algorithm
    return imprint == hashlib.sha256(covered).digest() and _verify(token.toCMSSignedData())


def _verify(signed: object) -> bool:
    builder = jpype.JClass("org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder")
    (signer,) = signed.getSignerInfos().getSigners()  # type: ignore[attr-defined]
    (certificate,) = signed.getCertificates().getMatches(signer.getSID())  # type: ignore[attr-defined]
    try:
        return bool(signer.verify(builder().build(certificate)))
    except jpype.JClass("org.bouncycastle.cms.CMSException"):
        return False


if __name__ == "__main__":
    jpype.startJVM(
        "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog",
        classpath=[str(_DEBIAN / f"{name}.jar") for name in _JARS],
    )
    print(json.dumps({file: _judge(file) for file in sys.argv[1:]}))
