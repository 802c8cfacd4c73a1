"""The whole suite with every case of what it otherwise samples: `tests/long/every_case.py [pytest's words]`.

Refreshing, comparing and the screen sweep hold so many cases on real reports that each run takes one in a few of them
(tests/helpers/every.py). Ends as pytest ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    words = sys.argv[1:] or ["-n", "auto"]
    command = [sys.executable, "-m", "pytest", *words]
    return subprocess.run(command, check=False, cwd=ROOT, env={**os.environ, "JUESUAN_EVERY": "1"}).returncode


if __name__ == "__main__":
    sys.exit(main())
