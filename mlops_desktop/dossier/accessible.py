"""What the metadata claims: PDF/A-3a, and PDF/UA-1 with the schema that PDF/A asks for.

PDF/A-3 (ISO 19005-3, 6.6.2.3) allows a property outside the standard schemas only where the same
metadata describes it; ISO 14289-1, clause 5, names the property.
"""

import re

import pikepdf

_LEVEL = re.compile(rb"(pdfaid:conformance(?:=\"|>))A")
_END = b"</rdf:RDF>"
_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def claim(pdf: pikepdf.Pdf) -> None:
    """Say in the metadata of a tagged PDF/A-3b that it is PDF/A-3a and PDF/UA-1."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["pdfaid:conformance"] = "A"
    held = pdf.Root.Metadata
    held.write(held.read_bytes().replace(_END, _UA + _END))


def as_level_b(pdf: bytes) -> bytes:
    """Return the file as one that claims no more than PDF/A-3b, byte for byte as long."""
    return _LEVEL.sub(rb"\1B", pdf.replace(_UA, b" " * len(_UA)))
