"""What of a session that has not locked yet means that it may run again; the rest is tried on a
team's server by the acts themselves (tests/services/test_late_overtaken.py)."""

import psycopg
import pytest
from psycopg import errors
from sqlalchemy.exc import DBAPIError

from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.store.late_pen import LatePen, Turn


def failed(cause: Exception) -> DBAPIError:
    return DBAPIError("SELECT 1", None, cause)


@pytest.mark.parametrize(
    ("cause", "is_overtaken"),
    [
        (errors.UniqueViolation(), True),
        (errors.SerializationFailure(), True),
        (errors.DeadlockDetected(), True),
        (errors.LockNotAvailable(), True),
        (errors.IdleInTransactionSessionTimeout(), True),
        (psycopg.OperationalError("the connection is lost"), True),
        (errors.UndefinedTable(), False),
        (errors.InsufficientPrivilege(), False),
        (errors.ReadOnlySqlTransaction(), False),
    ],
)
def test_a_rehearsal_that_fails_by_others_may_run_again(
    cause: Exception, is_overtaken: bool
) -> None:
    pen = LatePen()
    assert not pen.is_overtaken(failed(cause))  # it holds the lock, so that is the answer
    pen._snapshot = Frontier()
    assert pen.is_overtaken(failed(cause)) is is_overtaken


def test_a_turn_is_taken_once() -> None:
    turn = Turn()
    assert [turn.take(), turn.take()] == [True, False]
