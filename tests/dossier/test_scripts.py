"""Names in every script: printed in order, copied out as written, broken where they may."""

import unicodedata
from itertools import chain
from pathlib import Path

import bidi as judge
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.countersign import countersign
from mlops_desktop.dossier.render import read_text
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.stamp import Statement
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.bidi import levels, mirror, reads_from_right, visual_order
from mlops_desktop.dossier.typeset.breaks import words_of
from mlops_desktop.dossier.typeset.flow import Heading, Text
from mlops_desktop.dossier.typeset.ink import BODY, Align
from mlops_desktop.dossier.typeset.lines import measure, runs, wrap
from mlops_desktop.dossier.typeset.plain import is_plain
from mlops_desktop.dossier.typeset.safety import safe
from mlops_desktop.dossier.typeset.table import CELL, Column, Table
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.outside.certificates import create_authority, issue_person, to_pem
from tests.dossier.judging import alone, told
from tests.dossier.judging import judge as verdict_of
from tests.dossier.sample import at
from tests.dossier.scripts import NAMES, SEALER, SIGNERS, content_in_scripts
from tests.dossier.test_typeset import printed

_STRONG = "abאבمح"
_WEAK = " ()[]-,.%$:!\u0301"


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_are_copied_out_as_they_were_written(name: str) -> None:
    columns = (Column("A", 1), Column("B", 1, CELL, Align.RIGHT))
    pdf = printed(Heading(name, 0, "h"), Text(name), Table(columns, [(name, "1"), ("2", name)]))
    found = [" ".join(line.split()) for page in read_text(pdf) for line in page.splitlines()]
    assert [line.strip(" 12") for line in found].count(name) == 4


def test_right_to_left_letters_are_printed_from_the_right() -> None:
    found = runs("שלום", fonts.REGULAR, from_right=True)
    assert [run.text for run in found] == list("שלום")  # in the order in which they are read
    places = [run.at for run in found]
    assert places == sorted(places, key=lambda at: -(at or 0))
    assert places[-1] == 0


def test_letters_of_arabic_are_joined() -> None:
    found = runs("سلام", fonts.REGULAR, from_right=True)
    assert [unicodedata.name(run.text).rsplit(" ", 2)[-2:] for run in found] == [
        ["INITIAL", "FORM"],
        ["FINAL", "FORM"],
        ["ISOLATED", "FORM"],
    ]


@given(
    st.text(alphabet=_STRONG + _WEAK + "123٤", max_size=14),
    st.booleans(),
)
def test_lines_are_ordered_as_the_standard_says(text: str, is_right: bool) -> None:
    # On a line from the left, figures stay where they were written: see the module.
    shown = text if is_right else text.translate(str.maketrans("123", "abc"))
    found = levels(shown, from_right=is_right)
    ordered = "".join(shown[place] for place in visual_order(found))
    assert ordered == (judge.get_display(shown, base_dir="R" if is_right else "L") if shown else "")


def test_figures_after_a_name_stay_after_it() -> None:
    text = "Von דוד כהן, 12.03.2026 (2)"
    places = visual_order(levels(text, from_right=False))
    assert "".join(text[place] for place in places) == "Von ןהכ דוד, 12.03.2026 (2)"


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("שלום", True),
        ("12 שלום", True),
        ("שלום PD 2026", True),
        ("PD שלום שלום", False),
        ("דוד כהן, unabhängige Validierungseinheit", False),
        ("2026", False),
    ],
)
def test_a_paragraph_reads_from_the_side_of_its_first_letter(text: str, is_right: bool) -> None:
    assert reads_from_right(text) is is_right


def test_brackets_turn_where_text_runs_to_the_left() -> None:
    found = runs("שלום (א)", fonts.REGULAR, from_right=True)
    assert "".join(run.text for run in found) == "שלום )א("
    assert mirror("a") == "a"


def test_only_what_fills_a_line_ends_at_the_right() -> None:
    assert [line.is_right for line in wrap("שלום\nabc", BODY, 200)] == [False, False]
    assert all(line.is_right for line in wrap("שלום עולם " * 30, BODY, 200))


def test_a_mark_is_drawn_over_its_letter() -> None:
    letter, mark = runs("q\u0308", fonts.REGULAR)
    assert letter.at == 0
    middle = (mark.at or 0) + fonts.middle(ord(mark.text), mark.font)
    assert middle == pytest.approx(fonts.face(letter.font).widths[ord("q")] / 2)


def test_what_has_no_glyph_is_shown_as_its_code_and_copied_out_so() -> None:
    assert "[U+1F984] [U+0E01]" in "".join(read_text(printed(Text("🦄 \u0e01"))))


def test_chinese_fills_its_lines_and_none_begins_with_a_closing_sign() -> None:
    text = "模型用于估计零售贷款违约概率、损失率（内部评级法）。" * 12
    lines = wrap("Modell " + text, BODY, 200)
    assert all(line.width > 200 - 2 * BODY.size - 1 for line in lines[:-1])
    assert not any(line.words[0] in "、。）" for line in lines)
    assert not any(line.words[-1] == "（" for line in lines)


def test_a_soft_hyphen_prints_only_where_a_line_ends() -> None:
    word = "Ausfall\u00adwahrscheinlichkeits\u00adschätzung"
    assert [line.words for line in wrap(word, BODY, 400)] == [word.replace("\u00ad", "")]
    broken = [line.words for line in wrap(word, BODY, 100)]
    assert broken == ["Ausfall\u00ad", "wahrscheinlichkeits\u00ad", "schätzung"]


def test_a_date_stays_on_its_line_while_it_fits() -> None:
    text = "as of 28 Nov 2026, 09:12:00 UTC and 1 Jan 2027"
    lines = [line.words for line in wrap(text, BODY, 75)]
    assert lines == ["as of", "28 Nov 2026,", "09:12:00 UTC and", "1 Jan 2027"]
    assert [line.words for line in wrap("28 Nov 2026", BODY, 30)] == ["28 Nov", "2026"]


def test_korean_breaks_between_words() -> None:
    assert words_of("신용위험 모델") == ["신용위험", " ", "모델"]


@given(st.text(alphabet="محمد بن لا ا\u064e", max_size=120), st.floats(20, 120))
def test_arabic_fits_however_it_is_joined(text: str, width: float) -> None:
    for line in wrap(text, BODY, width):
        assert line.width <= width + 1e-6 or len(line.words) <= 3


def test_the_plain_path_takes_only_what_needs_no_care() -> None:
    faces = [fonts.face(name) for name in (fonts.REGULAR, fonts.BOLD, fonts.MONO)]
    plain = [chr(code) for code in chain(range(0x3100), (0xFFFD,)) if is_plain(chr(code))]
    assert len(plain) > 300
    for character in plain:
        assert all(ord(character) in face.widths for face in faces)
        assert safe.__wrapped__(f"\u0416{character}") == f"\u0416{character}"


def test_every_style_measures_what_it_draws() -> None:
    for name in NAMES.values():
        for font in (fonts.REGULAR, fonts.BOLD, fonts.MONO):
            shown = safe(name)
            drawn = runs(shown, font)
            plain = all(run.at is None for run in drawn)
            if plain:
                width = sum(pdfmetrics.stringWidth(run.text, run.font, 8) for run in drawn)
                assert measure(shown, font, 8) == pytest.approx(width)
            else:
                ends = [
                    (run.at or 0) + sum(fonts.face(run.font).widths[ord(c)] for c in run.text)
                    for run in drawn
                ]
                assert measure(shown, font, 1000) == pytest.approx(max(ends))


def test_bearers_of_such_names_seal_and_countersign(german: Words, tmp_path: Path) -> None:
    authority = create_authority("בנק אשראי GROẞBANK 零售", at("2026-01-01"))
    pdf = build(content_in_scripts("de"), german)
    for place, name in enumerate((SEALER, SIGNERS[0].name)):
        credential = issue_person(authority, name, f"p-{place}", at("2026-01-02"))
        said = Statement(name, "validator", "קראתי ואישרתי.", at("2026-09-30T19:05:12"))
        if place:
            pdf = countersign(pdf, place, credential, said, german)
        else:
            pdf = seal(pdf, credential, said, german)
    roots = to_pem(authority.certificate).encode()
    assert told(verdict_of(pdf, roots)) == (Outcome.VALID, None)
    assert alone(pdf, roots, tmp_path)[0] == "valid"
    shown = "".join("".join(read_text(pdf)).split())
    assert all("".join(name.split()) in shown for name in NAMES.values())
