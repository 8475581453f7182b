"""What a request's tabs say of the committees that resolved about it."""

from collections.abc import Iterator

from mlops_desktop.core import clock
from mlops_desktop.services.request_resolutions import ResolutionSignature, ResolutionStand
from mlops_desktop.services.reviews import RequestSheet
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.approvals.said import decision_chip, say_fault
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.sections import Fact, Group


def resolution_groups(context: Context, sheet: RequestSheet) -> tuple[Group, ...]:
    """Return each resolution with its meeting, to which it leads, and who signed it."""
    return tuple(_resolution(context, sheet, one) for one in sheet.resolutions)


def _resolution(context: Context, sheet: RequestSheet, one: ResolutionStand) -> Group:
    facts = (_meeting(context, one), *_signatures(context, sheet, one))
    body = one.meeting.called.body
    return Group(body, facts, status=decision_chip(context, one.outcome))


def _meeting(context: Context, one: ResolutionStand) -> Fact:
    called = one.meeting.called
    kind = context.say(f"oversight.meeting.{'circular' if called.is_circular else 'sitting'}")
    day = context.language.date(called.held_on)
    told = context.say(
        "approvals.resolution.where", kind=kind, id=one.meeting.id, day=day, item=str(one.item)
    )
    name = context.say("approvals.resolution.meeting")
    return Fact(name, told, go=lambda: context.show_page("rules", f"meetings:{one.meeting.id}"))


def _signatures(context: Context, sheet: RequestSheet, one: ResolutionStand) -> Iterator[Fact]:
    for signed in one.signatures:
        named = sheet.names.get(signed.person, signed.person)
        at = context.language.time(clock.from_text(signed.at))
        capacity = context.say(f"approvals.resolution.{signed.capacity.value}")
        yield Fact(capacity, f"{named}, {at}")
        status = _status(context, signed)
        yield Fact(context.say("approvals.resolution.signature"), status.word, status=status)
    if not one.is_signed:
        name = context.say("approvals.resolution.signature")
        yield Fact(name, context.say("approvals.resolution.one_missing"), "warn")


def _status(context: Context, signed: ResolutionSignature) -> Status:
    if signed.fault is None:
        return Status("good", context.say("approvals.signature.good"))
    told = say_fault(context, signed.fault)
    return Status("bad", context.say("approvals.signature.broken", fault=told))
