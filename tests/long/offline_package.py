"""The offline package, made and used: `python tests/long/offline_package.py FOLDER` (needs PyPI, and Linux's unshare).

Made with the network, then installed and started without one, in a folder with a space and Chinese letters.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STEPS = """
cd "$1"
python3 -c "import socket; socket.create_connection(('1.1.1.1', 53), 2)" 2>/dev/null && exit 9
sh install.sh || exit 1
sh start.sh juesuan selfcheck "$HOME" || exit 2
sh start.sh juesuan build "$2" -o "$HOME/输出" || exit 3
ip link set lo up
timeout 10 sh start.sh "$HOME/决算 报告" --no-browser > "$HOME/page.txt" 2>&1 &
sleep 7
address=$(grep -o 'http://[^ ]*' "$HOME/page.txt")
python3 -c "import sys, urllib.request; urllib.request.urlopen(sys.argv[1])" "$address" || exit 4
wait
sh uninstall.sh
test -d "$HOME/输出" && test ! -e env || exit 5
"""


def main(folder: Path) -> None:
    subprocess.run([sys.executable, ROOT / "delivery/make_package.py", "--out", folder], check=True)
    too_new = [
        one.name
        for one in folder.glob("juesuan/wheels/*linux*.whl")
        if min(int(number) for number in re.findall(r"manylinux_2_(\d+)", one.name) or ["17"]) > 28
    ]
    assert not too_new, too_new
    home = folder / "李 会计"
    shutil.copytree(folder / "juesuan", home / "安装 包")
    command = ["unshare", "-rn", "sh", "-c", STEPS, "sh", home / "安装 包", ROOT / "inputs/heshuo-2018"]
    path = f"{Path(sys.base_prefix, 'bin')}:/usr/bin:/bin:/usr/sbin:/sbin"
    end = subprocess.run(command, env={"PATH": path, "HOME": str(home), "LANG": "C.UTF-8"}, check=False)
    print("made, installed, started, removed without network" if end.returncode == 0 else f"failed: {end.returncode}")
    sys.exit(end.returncode)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
