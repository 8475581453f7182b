"""Steps that many stories begin with."""

from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.core.inventory import VersionDetails
from mlops_desktop.core.rules import Rule
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import approvals, decisions, models, rules, tier_templates
from mlops_desktop.services.decisions import Ballot
from tests.services.conftest import Bank

MODEL = {
    "name": "PD Mittelstand (IRB)",
    "owner": "Corinna Wolters",
    "developer": "Mateusz Kowalczyk",
    "tier": "1",
    "purpose": "Risikogewichtete Aktiva und Bepreisung",
}
APPROVE = Ballot(Decision.APPROVE, "I approve this version for this environment.")


DEVELOPER = "Mateusz Kowalczyk"


def register(bank: Bank, **texts: str) -> str:
    """Let the developer register the sample model; return its key."""
    return models.register_model(bank.as_(DEVELOPER), MODEL | texts, anyway=True).id


def add_version(bank: Bank, model: str, label: str = "7", artifact: str = "sha256:aa") -> str:
    """Let the developer record a version by hand; return its key."""
    key = new_id()
    details = VersionDetails(label, artifact=artifact)
    with bank.session.workspace.write(bank.as_(DEVELOPER).actor) as work:
        work.record(VersionRegistered(key, model, details))
    return key


def ask(bank: Bank, by: str = "Corinna Wolters") -> str:
    """Register a model with a version and ask for its approval; return the request's key."""
    model = register(bank)
    add_version(bank, model)
    asked = approvals.request_approval(bank.as_(by), model, "7", "production", "Bitte bis Freitag")
    return asked.id


def cast(bank: Bank, request: str, name: str, ballot: Ballot = APPROVE) -> None:
    """Let a person decide."""
    decisions.decide(bank.as_(name), request, ballot, bank.unlock(name))


SECOND = "Miriam Sander"


def put_in_force(bank: Bank, rule: Rule) -> None:
    """Let the founder write a rule and compliance put it in force."""
    rules.add_rule(bank.session, rule)
    rules.activate_rule(bank.as_(SECOND), rule.id)


def bring_in(bank: Bank, template: str, id: str) -> None:
    """Let the founder bring a tiering template in and compliance put it in force."""
    tier_templates.add_template(bank.session, template)
    tier_templates.activate_template(bank.as_(SECOND), id)
