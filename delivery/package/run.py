"""Installs, starts and removes the program of this folder: `python run.py install | start [FOLDER] | uninstall`.

Nothing but this folder is written: the program goes into env/ beside this file. The reports lie in a folder of the
person's own («文档/决算报告»), which is never touched when the program is removed.
"""

import glob
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENV, LIB = HERE / "env", HERE / "env" / "lib-only"
ISOLATED = ("PYTHONPATH", "PYTHONHOME", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_TARGET", "PIP_USER")


def lock():
    cpu = platform.machine().lower().replace("amd64", "x86_64").replace("arm64", "aarch64")
    return HERE / "locks" / f"{platform.system().lower()}-{cpu}-{sys.version_info[0]}.{sys.version_info[1]}.txt"


def clean():
    kept = {name: value for name, value in os.environ.items() if name not in ISOLATED}
    return {**kept, "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_CONFIG_FILE": os.devnull}


def python_of_env():
    return ENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install():
    wanted = lock()
    if not wanted.is_file():
        have = "、".join(sorted(one.stem for one in (HERE / "locks").glob("*.txt")))
        return say(
            f"这台电脑是 {wanted.stem}，这个安装包里没有它的文件（有：{have}）。请换一个版本的 Python，见“help.html”。"
        )
    if ENV.exists():
        shutil.rmtree(ENV)
    from_wheels = ["--no-index", "--find-links", str(HERE / "wheels"), "--require-hashes", "-r", str(wanted)]
    pip = glob.glob(str(HERE / "wheels" / "pip-*.whl"))
    if has_venv():
        print("正在安装，一两分钟……", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(ENV)], check=True, env=clean())
        command = [str(python_of_env())]
    else:  # the embeddable Python, and Debian's without python3-venv
        print("正在安装（这个 Python 没有 venv），一两分钟……", flush=True)
        LIB.mkdir(parents=True)
        command = [sys.executable]
        from_wheels += ["--target", str(LIB)]
        tell_embeddable()
    # pip runs from its own wheel: neither Python brings one.
    end = subprocess.run(
        [*command, os.path.join(pip[0], "pip"), "install", "-q", *from_wheels], env=clean(), check=False
    )
    if end.returncode:
        shutil.rmtree(ENV, ignore_errors=True)
        return say("没有装成，上面是原因。磁盘满了、文件被杀毒软件拦下或安装包没有拷全，都会这样；处理后再运行一次。")
    print("装好了。运行 start.bat（Windows）或 start.sh（麒麟、统信）打开页面。")
    return 0


def has_venv():
    try:
        import venv  # noqa: F401
    except ImportError:
        return False
    return not pth_files()


def pth_files():
    """The embeddable Python looks only where these files say."""
    return glob.glob(str(Path(sys.executable).with_name("python*._pth")))


def tell_embeddable():
    for name in pth_files():
        lines = Path(name).read_text(encoding="utf-8").splitlines()
        if str(LIB) not in lines:
            Path(name).write_text("\n".join([*lines, str(LIB)]) + "\n", encoding="utf-8")


def start(words):
    if not ENV.exists():
        end = install()
        if end:
            return end
    environment = clean()
    if LIB.exists():
        environment["PYTHONPATH"] = str(LIB)
        python = sys.executable
    else:
        python = python_of_env()
    if words and words[0] == "juesuan":  # any command: run.py start juesuan build …
        return subprocess.run([str(python), "-m", "generator.cli", *words[1:]], env=environment, check=False).returncode
    folder = Path(words[0]) if words else documents() / "决算报告"
    print(f"报告放在：{folder}", flush=True)
    return subprocess.run(
        [str(python), "-m", "generator.cli", "serve", str(folder)], env=environment, check=False
    ).returncode


def documents():
    for name in ("文档", "Documents"):
        if (Path.home() / name).is_dir():
            return Path.home() / name
    return Path.home()


def uninstall():
    shutil.rmtree(ENV, ignore_errors=True)
    print("程序已经移除。您的报告和工作簿没有动。这个安装包的文件夹可以自己删掉。")
    return 0


def say(words):
    print(words)
    return 1


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    if sys.version_info < (3, 10):  # noqa: UP036 - run by whatever Python there is
        sys.exit(say("这个 Python 太旧（要 3.10 至 3.13），请看“help.html”。"))
    what = sys.argv[1] if len(sys.argv) > 1 else ""
    actions = {"install": install, "uninstall": uninstall, "start": lambda: start(sys.argv[2:])}
    sys.exit(actions[what]() if what in actions else say("用法：run.py install | start [文件夹] | uninstall"))
