"""Whether a signed resolution is what its meeting's minutes say."""

from mlops_desktop.core.events.meetings import ResolutionSigned
from mlops_desktop.core.meetings import Ballotting, find_fault, outcome_of
from mlops_desktop.core.quorum import Capacity
from mlops_desktop.core.rules import ALWAYS_BARRED, Rule
from mlops_desktop.core.segregation import Relations
from mlops_desktop.store.queries.meetings import MeetingRow


def resolution_fault(
    row: MeetingRow | None, signed: ResolutionSigned, rule: Rule, relations: Relations
) -> str | None:
    """Return what is wrong with a signature under a resolution: body, capacity, ballot, outcome."""
    if row is None or row.minuted is None:
        return "no_minutes"
    called, minuted = row.called, row.minuted
    bodies = {step.id: step.committee for step in rule.steps}
    if (bodies.get(signed.step) or "").casefold() != called.body.casefold():
        return "other_body"
    held = called.chair if signed.capacity is Capacity.CHAIR else called.secretary
    if signed.person != held:
        return "capacity"
    asked = {item.number: item.request for item in called.agenda}
    votes = tuple(vote for vote in minuted.votes if vote.item == signed.item)
    if asked.get(signed.item) != signed.request or outcome_of(votes) is not signed.outcome:
        return "other_outcome"
    partial = tuple(one.person for one in minuted.partial if one.item == signed.item)
    ballotting = Ballotting(minuted.present, partial, votes, called.quorum)
    return find_fault(ballotting, relations, (*rule.barred, *ALWAYS_BARRED))
