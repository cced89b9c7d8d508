"""Stands in for the process that opens files, and breaks down as the name of the file says."""

from __future__ import annotations

import json
import os
import signal
import sys
import time

from pamong.evidence.inspection.child import _bound

told = json.loads(sys.argv[2])
how = told["name"].partition(".")[0]
if how == "crash":
    os.kill(os.getpid(), signal.SIGSEGV)
elif how == "hang":
    _bound(told)
    while True:
        time.monotonic()
elif how == "memory":
    _bound(told)
    bytearray(64 * 1024**3)
elif how == "babble":
    sys.stdout.write("{half an ans")
elif how == "environment":
    known = sorted(name for name in os.environ if name not in ("LC_CTYPE",))
    sys.stdout.write(json.dumps({"refused": [",".join(known)]}))
