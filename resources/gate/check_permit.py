#!/usr/bin/env python3
"""Let a delivery go on only with a permit: check_permit.py PERMIT ARTIFACT ENVIRONMENT [ENTITY].

Exit 0: the permit is signed by somebody in signers.pem under authority.pem (both beside this file),
has not expired, and is for exactly this file, this environment and, where it is limited to one,
this legal entity. Exit 1: not, with the reason.
Needs openssl and Python 3.8 or later, no workspace and no network.
"""

import hashlib
import json
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

if len(sys.argv) not in {4, 5}:
    sys.exit(__doc__)
permit, artifact, environment, entity = (*sys.argv[1:5], "")[:4]
here = Path(__file__).parent
trust = ["-nointern", "-certfile", here / "signers.pem", "-CAfile", here / "authority.pem"]
checked = subprocess.run(
    ["openssl", "cms", "-verify", "-binary", "-inform", "PEM", "-in", permit, *trust],
    capture_output=True,
    check=False,
)
if checked.returncode:
    sys.exit(f"{permit}: not signed by anybody who may issue permits")
said = json.loads(checked.stdout)
told, now = said["predicate"], datetime.now(timezone.utc)
try:
    digest = hashlib.sha256(Path(artifact).read_bytes()).hexdigest()
except OSError as error:
    sys.exit(f"{artifact}: {error.strerror}")
if said["predicateType"] != "urn:mlops-desktop:permit-1":
    sys.exit(f"{permit}: no permit")
if datetime.fromisoformat(told["expires"].replace("Z", "+00:00")) < now:
    sys.exit(f"{permit}: expired {told['expires']}")
if told["environment"] != environment:
    sys.exit(f"{permit}: for {told['environment']}, not for {environment}")
if told["entity"] not in {None, entity}:
    sys.exit(f"{permit}: for {told['entity']}, not for {entity or 'every legal entity'}")
if digest not in [one["digest"]["sha256"] for one in said["subject"]]:
    sys.exit(f"{permit}: for another artifact than {artifact}")
print(f"{told['model']} version {told['version']} may go to {environment}")
