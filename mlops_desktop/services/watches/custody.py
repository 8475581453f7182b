"""What too few custodians signed is not recorded: the whole session is refused by the rule."""

from mlops_desktop.core.custody_fold import FOLDED
from mlops_desktop.core.events.registry import Event
from mlops_desktop.store.unit_of_work import Watch, WriteSession


def _look(work: WriteSession, found: tuple[Event, ...]) -> None:
    if work.rows.refused:
        raise work.rows.refused[0]


WATCH = Watch(frozenset(FOLDED), _look)
