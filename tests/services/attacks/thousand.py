"""Many honest histories, one after the other, each from the same beginning."""

import random
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services import approvals
from tests.services.attacks.walks import Walk, is_clean
from tests.services.steps import add_version, register
from tests.support.bank import Bank, Prepared, open_prepared


def live_through(
    prepared: Prepared, folder: Path, seeds: Iterable[int], steps: int
) -> Counter[str]:
    """Live through a history for each seed, verify it, and count what was done in all of them."""
    begun = _begin(prepared, folder)
    keys: dict[str, Credential] = {}
    done: Counter[str] = Counter()
    for seed in seeds:
        with pytest.MonkeyPatch.context() as patch:
            bank = _open(begun, folder / "one", patch)
            done += walk_in(bank, seed, steps, keys).done
            bank.session.workspace.close()
    return done


def ask_for_some(bank: Bank) -> None:
    """Let models and requests be there, so that even a short history decides something."""
    for number in range(3):
        model = register(bank, name=f"Bestand {number}", tier=str(number + 1))
        add_version(bank, model, label="1")
        approvals.request_approval(bank.as_("Corinna Wolters"), model, "1", "production")


def walk_in(bank: Bank, seed: int, steps: int, keys: dict[str, Credential]) -> Walk:
    """Take a bank through one history, which must verify."""
    walk = Walk(bank, random.Random(seed), keys)  # noqa: S311 - no secret
    walk.go(steps)
    assert is_clean(bank), f"seed {seed}"
    return walk


def _begin(prepared: Prepared, folder: Path) -> Prepared:
    with pytest.MonkeyPatch.context() as patch:
        bank = _open(prepared, folder / "begun", patch)
        ask_for_some(bank)
        bank.session.workspace.close()
    home, place = folder / "begun" / "home", folder / "begun" / "bank.mrm"
    return replace(prepared, home=home, place=str(place))


def _open(prepared: Prepared, folder: Path, patch: pytest.MonkeyPatch) -> Bank:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    place = shutil.copy(prepared.place, folder / "bank.mrm")
    return open_prepared(prepared, str(place), folder / "home", patch)
