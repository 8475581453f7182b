"""Attacks with events that look like others': decisions, signatures and persons forged."""

from datetime import timedelta
from functools import cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core import clock
from mlops_desktop.core.approvals import digest_fields
from mlops_desktop.core.events.people import DeviceEnrolled
from mlops_desktop.core.events.versions import VersionChanged
from mlops_desktop.core.inventory import Pair, Sighting, VersionDetails
from mlops_desktop.outside import certificates
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.store import evidence
from mlops_desktop.store.evidence import RawAnswer
from tests.services.attacks.insider import Insider, Tree
from tests.services.attacks.scene import COMPLIANCE, OWNER, VALIDATOR, Scene
from tests.services.attacks.tampering import Attack, edited, rename
from tests.services.steps import DEVELOPER


def decision_on(scene: Scene, insider: Insider, request: str, name: str) -> Tree:
    """An approval of a request in somebody's name, all else as in one that he gave."""
    tree = insider.tree(scene.marks["second_decided_1"])
    tree.pop("signature")
    asked = _asked(insider, request)
    bank = scene.bank
    tree["id"] = f"{tree['id'][:-4]}{name[:1].encode().hex():0>4}"
    tree["actor"] = {**tree["actor"], "person": bank.ids[name]}
    data = tree["data"]
    mine = _enrolment(insider, bank.ids[name])
    data |= {"request": request, "model": asked["model"], "digest": asked["digest"]}
    data |= {"person": bank.ids[name], "fingerprint": mine["fingerprint"], "name": mine["name"]}
    data |= {"role": mine["roles"][0], "seen": insider.seen()}
    return tree


@cache
def _own_key() -> Credential:
    """Return a key with a certificate that only looks like the authority's work."""
    at = clock.now() - timedelta(days=30)
    own = certificates.create_authority("Elbmark Bank AG Authority", at)
    return certificates.issue_person(own, VALIDATOR, "jb", at, certificates.new_p256_key())


def _shown(own: Credential) -> Tree:
    mark = certificates.fingerprint(own.certificate)
    return {"certificate": certificates.to_pem(own.certificate), "fingerprint": mark}


def _asked(insider: Insider, request: str) -> Tree:
    return _newest(insider, "approval.requested", "request", request)


def _enrolment(insider: Insider, person: str) -> Tree:
    """Return what an enrolment said of a person."""
    return _newest(insider, "person.enrolled", "person", person)


def _newest(insider: Insider, kind: str, field: str, value: str) -> Tree:
    trees = map(insider.tree, range(len(insider.log)))
    found: list[Tree] = [one["data"] for one in trees if one["type"] == kind]
    return [data for data in found if data[field] == value][-1]


def forges(name: str, *, signed_by: str | None = None) -> Attack:
    """Approve the open request in the name of ``name``."""

    def attack(scene: Scene, insider: Insider) -> None:
        tree = decision_on(scene, insider, scene.bank.ids["open"], name)
        if signed_by is not None:
            tree = insider.signed(tree, insider.credential(signed_by))
        insider.append(tree)
        insider.write(with_log_key=True)

    return attack


def replay_on_another(scene: Scene, insider: Insider) -> None:
    """Put the validator's true signature under the request about another model."""
    old = insider.tree(scene.marks["first_decided_1"])
    tree = decision_on(scene, insider, scene.bank.ids["open"], VALIDATOR)
    insider.append({**tree, "at": old["at"], "signature": old["signature"]})
    insider.write(with_log_key=True)


def replay_copy(scene: Scene, insider: Insider) -> None:
    """Let a decision that was given once count again."""
    tree = insider.tree(scene.marks["first_decided_1"])
    insider.append({**tree, "id": edited(scene, insider)["id"]})
    insider.write(with_log_key=True)


def ask_again_for_another_version(scene: Scene, insider: Insider) -> None:
    """Open the approved request anew, for the version nobody approved."""
    tree = insider.tree(scene.marks["second_asked"])
    tree["id"] = edited(scene, insider)["id"]
    tree["data"]["version"] = scene.bank.ids["another"]
    insider.append(tree)
    insider.write(with_log_key=True)


def approve_other_fields(scene: Scene, insider: Insider) -> None:
    """Sign, with a true key, a digest that is not the request's."""
    tree = decision_on(scene, insider, scene.bank.ids["open"], COMPLIANCE)
    tree["data"]["digest"] = "ab" * 32
    insider.append(insider.signed(tree, insider.credential(COMPLIANCE)))
    insider.write(with_log_key=True)


def approve_twice(scene: Scene, insider: Insider) -> None:
    credential = insider.credential(VALIDATOR)
    for comment in ("", "."):
        tree = decision_on(scene, insider, scene.bank.ids["open"], VALIDATOR)
        tree["data"]["meaning"] += comment
        tree["id"] = edited(scene, insider)["id"]
        insider.append(insider.signed(tree, credential))
    insider.write(with_log_key=True)


def approve_in_a_role_not_held(scene: Scene, insider: Insider) -> None:
    tree = decision_on(scene, insider, scene.bank.ids["open"], VALIDATOR)
    tree["data"]["role"] = "board"
    insider.append(insider.signed(tree, insider.credential(VALIDATOR)))
    insider.write(with_log_key=True)


def swap_key(scene: Scene, insider: Insider) -> None:
    """Enrol the validator anew with a key of one's own, and approve with it."""
    _re_enrol(scene, insider)
    insider.write(with_log_key=True)


def _re_enrol(scene: Scene, insider: Insider) -> None:
    bank = scene.bank
    own = _own_key()
    data = _enrolment(insider, bank.ids[VALIDATOR]) | _shown(own)
    tree = edited(scene, insider) | {"type": "person.enrolled", "data": data}
    insider.append(tree)
    approval = decision_on(scene, insider, bank.ids["open"], VALIDATOR)
    insider.append(insider.signed(approval, own))


def enrol_an_invented_person(scene: Scene, insider: Insider) -> None:
    bank = scene.bank
    invented = edited(scene, insider)["id"]
    known = _enrolment(insider, bank.ids[VALIDATOR])
    data = {**known, "person": invented, **_shown(_own_key())}
    insider.append(edited(scene, insider) | {"type": "person.enrolled", "data": data})
    insider.write(with_log_key=True)


def give_himself_a_role(scene: Scene, insider: Insider) -> None:
    """Enrol the developer again, with his own certificate and another role."""
    bank = scene.bank
    data = {**_enrolment(insider, bank.ids[DEVELOPER]), "roles": ["validator"]}
    insider.append(edited(scene, insider) | {"type": "person.enrolled", "data": data})
    insider.write(with_log_key=True)


def swap_key_where_it_lies(scene: Scene, insider: Insider) -> None:
    """Put a key of one's own into the enrolment that is there."""
    person = scene.bank.ids[VALIDATOR]
    place = next(
        at
        for at in range(len(insider.log))
        if insider.tree(at)["type"] == "person.enrolled"
        and insider.tree(at)["data"]["person"] == person
    )
    tree = insider.tree(place)
    tree["data"] |= _shown(_own_key())
    insider.put(place, tree)
    insider.write(with_log_key=True)


def collude(scene: Scene, insider: Insider) -> None:
    """Rewrite an early event and let everybody sign all later decisions anew."""
    insider.edit(scene.marks["early"], rename)
    for position in range(scene.marks["early"], len(insider.log)):
        tree = insider.tree(position)
        if "signature" not in tree:
            continue
        tree["data"]["seen"] = insider.seen(tree["data"]["seen"]["size"])
        signer = insider.name_of(tree["actor"]["person"])
        insider.put(position, insider.signed(tree, insider.credential(signer)))
    insider.write(with_log_key=True)


def register_again(scene: Scene, insider: Insider) -> None:
    """Put another artefact into the version that was approved."""
    place = scene.marks["second_asked"] - 1
    tree = insider.tree(place)
    assert tree["type"] == "version.registered"
    tree["id"] = edited(scene, insider)["id"]
    tree["data"]["details"]["artifact"] = "sha256:ee"
    insider.append(tree)
    insider.write(with_log_key=True)


def change_without_saying(scene: Scene, insider: Insider) -> None:
    """Let an approved version be told anew with another artefact, and say that nothing changed."""
    tree = insider.tree(scene.marks["second_asked"] - 1)
    tree["id"] = edited(scene, insider)["id"]
    data = tree["data"]
    data["details"]["artifact"] = "sha256:ee"
    answer = RawAnswer(sha256(b"{}").hexdigest(), "GET /versions/7", clock.now(), b"{}")
    evidence.keep(insider.connection, (answer,))
    seen = Sighting(answer.digest, answer.fetched_at)
    told = VersionChanged(data["version"], data["model"], VersionDetails("7"), seen)
    changed = insider.forge(told, scene.marks["last"])
    changed["data"] |= {"details": data["details"], "changed": []}
    insider.append(changed)
    insider.write(with_log_key=True)


def ask_for_something_else(scene: Scene, insider: Insider) -> None:
    """Ask for a version, and let the request cover another artefact than it has."""
    tree = insider.tree(scene.marks["open"])
    tree["id"] = tree["data"]["request"] = edited(scene, insider)["id"]
    for pair in tree["data"]["covered"]:
        if pair["name"] == "version.artifact":
            pair["value"] = "sha256:aa"
    pairs = tuple(Pair(one["name"], one["value"]) for one in tree["data"]["covered"])
    tree["data"]["digest"] = digest_fields(pairs)
    insider.append(tree)
    insider.write(with_log_key=True)


def enrol_a_device(scene: Scene, insider: Insider) -> None:
    """Enrol a device of one's own for somebody, and let it sign the head: no key was needed."""
    own = Ed25519PrivateKey.generate()
    public = own.public_key().public_bytes_raw().hex()
    person = scene.bank.ids[OWNER]
    insider.append(insider.forge(DeviceEnrolled("other", person, public), scene.marks["last"]))
    insider.append(edited(scene, insider))
    insider.write(with_log_key=False)
    insider.sign_head(own)
