"""Looking for words reads few events whole, and leaves out none that says them."""

import re

from mlops_desktop.services.ledger import LogRow, read_log
from mlops_desktop.services.log_search import SoughtWord, search_piece
from mlops_desktop.services.session import Session
from tests.store.desks import ACTOR, Desk


def _word(row: LogRow) -> str:
    """Return what is longest in the line of an event, its person where the line is empty."""
    said = (row.summary or row.person).casefold()
    return max(re.findall(r"\w+", said), key=len, default="")


def test_no_event_that_says_a_word_is_left_out(filled: Desk) -> None:
    session = Session(filled.workspace, ACTOR)
    log = read_log(session)
    found: dict[str, set[int]] = {}
    for word in set(map(_word, log)):
        piece = search_piece(session, (SoughtWord(word),), len(log))
        assert piece.is_last
        found[word] = {row.position for row in piece.rows}
    assert not [row.type for row in log if row.position not in found[_word(row)]]
    unsaid = search_piece(session, (SoughtWord("zzzz0"),), len(log))
    assert len(unsaid.rows) < len(log) / 4
