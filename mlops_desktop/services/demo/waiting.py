"""What each role finds waiting, read from the finished workspace."""

from mlops_desktop.services.demo.data import Bank
from mlops_desktop.services.demo.result import Waiting
from mlops_desktop.services.session import Session


def find_waiting(session: Session, bank: Bank) -> tuple[Waiting, ...]:
    """Return one thing for every role that has one."""
    return ()
