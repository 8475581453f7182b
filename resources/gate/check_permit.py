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

MOST = 1 << 20

if len(sys.argv) not in {4, 5}:
    sys.exit(__doc__)
permit, artifact, environment, entity = (*sys.argv[1:5], "")[:4]
try:
    with Path(permit).open("rb") as file:
        signed = file.read(MOST + 1)
except OSError as error:
    sys.exit(f"{permit}: {error.strerror}")
if len(signed) > MOST:
    sys.exit(f"{permit}: larger than {MOST} bytes, so it is no permit")
here = Path(__file__).parent
trust = ["-nointern", "-certfile", here / "signers.pem", "-CAfile", here / "authority.pem"]
checked = subprocess.run(
    ["openssl", "cms", "-verify", "-binary", "-inform", "PEM", *trust],
    input=signed,
    capture_output=True,
    check=False,
)
if checked.returncode:
    sys.exit(f"{permit}: not signed by anybody who may issue permits")
said = json.loads(checked.stdout)
told, now = said["predicate"], datetime.now(timezone.utc)
hashed = hashlib.sha256()
try:
    with Path(artifact).open("rb") as file:  # of any size, a piece at a time
        for piece in iter(lambda: file.read(1 << 20), b""):
            hashed.update(piece)
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
if hashed.hexdigest() not in [one["digest"]["sha256"] for one in said["subject"]]:
    sys.exit(f"{permit}: for another artifact than {artifact}")
print(f"{told['model']} version {told['version']} may go to {environment}")
