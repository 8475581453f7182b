"""Models of running campaigns: unanswered ones for who owns them, the rest for risk managers."""

from collections.abc import Iterator

from mlops_desktop.core.attestations import Stage
from mlops_desktop.core.identity import Role
from mlops_desktop.services.attestations.showing import read_campaign, remind
from mlops_desktop.services.notices.nouns import Asked, Notice
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.campaigns import list_campaigns

KIND = "attestation"


def find(asked: Asked) -> Iterator[Notice]:
    """Yield every model that must still be attested, by the campaign's due date."""
    connection = asked.view.connection
    everybody = people.list_people(connection)
    managers = [one for one in everybody if Role.RISK_MANAGER in one.roles and not one.is_revoked]
    for row in list_campaigns(connection):
        if row.stage is not Stage.OPEN or row.due > asked.until:
            continue
        for one in remind(read_campaign(asked.view, row)):
            persons = (one.person,) if one.person else tuple(person.id for person in managers)
            for model in one.models:
                yield Notice(KIND, f"{row.id}/{model.id}", row.due, persons, model.name)
