"""How a draft looks: A4, one sans serif, the language of its words, headings in order."""

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

FONT = "Arial"
_ACCENT = RGBColor(0x14, 0x38, 0x5C)
_MUTED = RGBColor(0x59, 0x63, 0x6F)
_LOCALES = {"en": "en-GB", "de": "de-DE"}
_HEADINGS: tuple[tuple[str, float], ...] = (
    ("Title", 20),
    ("Subtitle", 12),
    ("Heading 1", 14),
    ("Heading 2", 11),
    ("Heading 3", 10),
)
LEAD, MARK = "Lead", "Draft mark"


def prepare(document: Docx, language: str) -> None:
    """Set paper, margins, fonts and the document's language."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    _style(document, "Normal", 9.5)
    for name, size in _HEADINGS:
        style = _style(document, name, size)
        style.font.color.rgb, style.font.bold = _ACCENT, True
    for name, size in ((LEAD, 9.5), (MARK, 9)):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _style(document, name, size).font.color.rgb = _MUTED
    _paragraph(document, LEAD).paragraph_format.keep_with_next = True
    _paragraph(document, MARK).font.bold = True
    _say_language(document, _LOCALES[language])


def _paragraph(document: Docx, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _style(document: Docx, name: str, size: float) -> ParagraphStyle:
    style = _paragraph(document, name)
    style.font.size, style.font.name = Pt(size), FONT
    _unthemed(style)
    style.font.italic = False
    style.paragraph_format.space_after = Pt(4)
    return style


def _unthemed(style: CharacterStyle) -> None:
    """Let the font named count: a theme's goes before it, and the template names one."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)


def _say_language(document: Docx, locale: str) -> None:
    for properties in document.styles.element.iter(qn("w:rPr")):
        for told in properties.findall(qn("w:lang")):
            properties.remove(told)
    normal = document.styles["Normal"].element.get_or_add_rPr()
    told = OxmlElement("w:lang")
    told.set(qn("w:val"), locale)
    normal.append(told)
