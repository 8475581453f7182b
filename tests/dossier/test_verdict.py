"""What a check says."""

import pytest

from mlops_desktop.dossier.verdict import Step, passed
from mlops_desktop.services.wording import read_words


@pytest.mark.parametrize(("language", "shown"), [("en", "3,183"), ("de", "3.183")])
def test_large_numbers_of_a_check_are_grouped(language: str, shown: str) -> None:
    words = read_words(language)
    proved = passed(Step.LEDGER, "ledger_ok", proved=1, size=3183).detail(words)
    assert shown in proved
    history = passed(Step.HISTORY, "history_ok", size=3183, now=3183).detail(words)
    assert history.count(shown) == 2
    assert "1 " in passed(Step.DIGEST, "digest_ok", shown=1).detail(words)
