"""A rule in one sentence, in the words of a language."""

from collections.abc import Mapping, Sequence

from mlops_desktop.core.rules import Rule, Step
from mlops_desktop.core.wording import Words


def say_rule(words: Words, rule: Rule, names: Mapping[str, str]) -> str:
    """Return what a rule asks for: how many approvals, by whom, by none of whom, by when."""
    told = [step for step in rule.steps if step.is_narrowed or step.committee is not None]
    said = [_step(words, rule, step, names) for step in told]
    if told and told[0].committee is None and told[0].needed == rule.needed:
        parts = [f"{_quorum(words, rule)} {said[0]}", *said[1:]]
    else:
        parts = [_quorum(words, rule), *said]
    if rule.is_ordered and len(rule.steps) > 1:
        parts.append(words.text("rules.say.ordered"))
    if rule.barred:
        barred = [words.text(f"rules.relation.{name}") for name in rule.barred]
        parts.append(words.text("rules.say.barred", who=_either(words, barred, "or")))
    if rule.deadline is not None:
        parts.append(words.count("rules.say.deadline", rule.deadline))
    if rule.deadline is not None and rule.escalate_to is not None:
        role = words.text(f"rules.role.{rule.escalate_to.value}")
        parts.append(words.text("rules.say.escalation", role=role))
    sentence = ", ".join(parts)
    return sentence[0].upper() + sentence[1:] + "."


def _number(words: Words, number: int) -> str:
    key = f"rules.number.{number}"
    return words.text(key) if key in words else str(number)


def _quorum(words: Words, rule: Rule) -> str:
    if not rule.needed:
        return words.text("rules.say.committee_alone")
    return words.count("rules.say.approvals", rule.needed, number=_number(words, rule.needed))


def _step(words: Words, rule: Rule, step: Step, names: Mapping[str, str]) -> str:
    if step.committee is not None:
        return words.text("rules.say.committee", body=step.committee)
    who = _who(words, step, names)
    if step.needed == rule.needed:
        return words.text("rules.say.all_by", who=who)
    return words.count(
        "rules.say.some_by", step.needed, number=_number(words, step.needed), who=who
    )


def _who(words: Words, step: Step, names: Mapping[str, str]) -> str:
    roles = [words.text(f"rules.role.{role.value}") for role in step.roles]
    told = [_either(words, roles, "or")] if roles else []
    if step.members:
        listed = ", ".join(names.get(id, id) for id in step.members)
        told.append(words.text("rules.say.members", n=len(step.members), names=listed))
    return " ".join(told)


def _either(words: Words, parts: Sequence[str], joint: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {words.text(f'rules.say.{joint}')} {parts[-1]}"
