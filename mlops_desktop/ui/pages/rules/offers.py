"""What the page of rules and committees lets a person do, in words."""

from mlops_desktop.ui.actions import Offer


def _offer(id: str, needs: str, icon: str, shortcut: str = "", *, dangerous: bool = False) -> Offer:
    title = f"oversight.action.{id.replace('.', '_')}"
    return Offer(
        id, title, f"oversight.needs.{needs}", shortcut, icon, writes=True, dangerous=dangerous
    )


OFFERS = (
    _offer("rule.draft", "person", "add"),
    _offer("rule.revise", "rule", "edit"),
    _offer("rule.activate", "rule_draft", "check"),
    _offer("rule.archive", "rule_open", "archive", dangerous=True),
    Offer("rule.try", "oversight.action.rule_try", "oversight.needs.open", icon="search"),
    _offer("meeting.call", "person", "calendar"),
    _offer("meeting.add_item", "meeting_called", "add"),
    _offer("meeting.minute", "meeting_called", "edit"),
    _offer("meeting.sign", "meeting_minuted", "sign"),
    _offer("permission.need", "person", "add"),
    _offer("permission.apply", "permission_to_apply", "export"),
    _offer("permission.answer", "permission_applied", "check"),
    _offer("permission.meet", "obligation", "check"),
    _offer("emergency.declare", "person", "warning"),
    _offer("emergency.ratify", "emergency", "approvals"),
    _offer("template.take_up", "template_shipped", "add"),
    _offer("template.read", "person", "open"),
    _offer("template.activate", "template_draft", "check"),
    _offer("template.archive", "template_open", "archive", dangerous=True),
    _offer("field.define", "person", "add"),
    _offer("field.amend", "field_open", "edit"),
    _offer("field.archive", "field_open", "archive", dangerous=True),
    _offer("field.reinstate", "field_archived", "undo"),
    _offer("handover.offer", "person", "person"),
    _offer("handover.accept", "handover", "check"),
    _offer("handover.decline", "handover", "close"),
    _offer("delegation.grant", "person", "person"),
    _offer("delegation.revoke", "delegation", "close"),
    _offer("retention.define", "person", "add"),
    _offer("retention.end", "retention", "archive", dangerous=True),
    _offer("retention.run", "retention", "close", dangerous=True),
    _offer("report.plan", "person", "add"),
    _offer("report.change", "report", "edit"),
    _offer("report.run", "report", "export"),
    _offer("report.end", "report", "archive", dangerous=True),
    _offer("meeting.draft", "meeting", "export"),
    Offer(
        "field.models",
        "oversight.action.field_models",
        "oversight.needs.field",
        icon="models",
        menu="Go",
    ),
    Offer(
        "oversight.model",
        "oversight.action.model",
        "oversight.needs.model",
        icon="models",
        menu="Go",
    ),
    Offer(
        "oversight.request",
        "oversight.action.request",
        "oversight.needs.request",
        icon="approvals",
        menu="Go",
    ),
)
