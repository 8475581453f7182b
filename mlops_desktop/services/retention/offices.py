"""What a person is still counted on for by name: handovers, meetings, mandates, rules."""

from mlops_desktop.core import clock
from mlops_desktop.core.handovers import HandoverState
from mlops_desktop.core.retention import Keep
from mlops_desktop.services.retention.selecting import View
from mlops_desktop.store.queries.handovers import list_handovers
from mlops_desktop.store.queries.meetings import MeetingRow, list_meetings
from mlops_desktop.store.queries.rules import active_rules, list_delegations


def office_of(view: View, person: str) -> Keep | None:
    """Return what still counts on a person, by the reason it keeps his name; None for nothing."""
    if _is_handing_over(view, person):
        return Keep.OPEN_HANDOVER
    if any(_sits_in(row, person) for row in list_meetings(view.connection)):
        return Keep.OPEN_MEETING
    if _is_deputy(view, person):
        return Keep.DELEGATION
    steps = (step for rule in active_rules(view.connection) for step in rule.steps)
    return Keep.RULE if any(person in step.members for step in steps) else None


def _is_handing_over(view: View, person: str) -> bool:
    return any(
        person in (row.offer.giver, row.offer.receiver)
        for row in list_handovers(view.connection)
        if row.state is HandoverState.OFFERED
    )


def _sits_in(row: MeetingRow, person: str) -> bool:
    """Tell whether somebody belongs to a meeting that has no minutes yet."""
    called = row.called
    return row.minuted is None and person in (called.chair, called.secretary, *called.members)


def _is_deputy(view: View, person: str) -> bool:
    return any(
        person in (one.delegation.giver, one.delegation.holder)
        for one in list_delegations(view.connection)
        if not one.delegation.is_revoked and one.delegation.ends >= clock.today()
    )
