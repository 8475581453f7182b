"""Which fields of an event say in codes and names what it is about, where one line is enough."""

FIELDS = {
    "campaign.answered": ("answer",),
    "campaign.extended": ("due",),
    "delegation.granted": ("begins", "ends"),
    "emergency.recorded": ("environment",),
    "entry.linked": ("source", "native_id"),
    "meeting.called": ("body", "held_on"),
    "model.scoped": ("regime",),
    "model.tiered": ("template", "version"),
    "permission.answered": ("outcome",),
    "permission.applied": ("reference",),
    "permission.needed": ("authority", "environment"),
    "permit.issued": ("environment",),
    "pipeline.expected": ("source", "pipeline"),
    "profile.activated": ("profile",),
    "profile.added": ("profile", "version"),
    "profile.deactivated": ("profile",),
    "report.drafted": ("kind", "subject", "plan", "due"),
    "report_plan.changed": ("plan",),
    "report_plan.ended": ("plan",),
    "report_plan.set_up": ("plan",),
    "rule.activated": ("id", "version"),
    "rule.archived": ("id", "version"),
    "source.added": ("kind", "url"),
    "source.edited": ("url",),
    "threshold.ended": ("metric", "segment"),
    "threshold.set": ("metric", "segment"),
    "tier_template.activated": ("template", "version"),
    "tier_template.archived": ("template", "version"),
    "workspace.created": ("name",),
}
"""By the name of the event; what is erasable, and ids, are not among them."""


def tell_fields(name: str, payload: object) -> str:
    """Return what these fields of an event say; "" for one that has none."""
    said = (getattr(payload, field, None) for field in FIELDS.get(name, ()))
    return " / ".join(str(value) for value in said if value not in (None, ""))
