"""The offline package: `python delivery/make_package.py --out FOLDER [--wheels LOCAL]`.

Makes the project's wheel and takes every wheel that it needs for the machines below; writes a lock with hashes for each
machine and Python, start scripts, and the page of instructions. With --wheels nothing is downloaded: the wheels of that
folder are taken, for this machine and this Python alone.
"""

from __future__ import annotations

import argparse
import hashlib
import platform
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

HERE = Path(__file__).resolve().parent
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
_MANYLINUX = ("_2_28", "_2_27", "_2_26", "_2_24", "_2_17", "2014", "_2_12", "2010", "_2_5", "1")
"""Builds for glibc 2.28 and older: 银河麒麟 V10 and 统信 UOS 20 have 2.28."""


@dataclass(frozen=True)
class Machine:
    """`name` as the installer finds it (`package/run.py`), pip's `tags`, and the words that markers ask for."""

    name: str
    tags: tuple[str, ...]
    sys_platform: str
    system: str
    machine: str


MACHINES = (
    Machine("windows-x86_64", ("win_amd64",), "win32", "Windows", "AMD64"),
    *(
        Machine(f"linux-{cpu}", tuple(f"manylinux{one}_{cpu}" for one in _MANYLINUX), "linux", "Linux", cpu)
        for cpu in ("x86_64", "aarch64")
    ),
)

PICTURES = {"home.png": "页面-首页.png", "check.png": "页面-核对.png", "figure.png": "页面-一个数怎么来.png"}
"""Of the page of instructions: under names that no unpacking program spoils."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--wheels", type=Path)
    asked.add_argument("--python", nargs="*", default=PYTHONS)
    options = asked.parse_args()
    package = options.out / "juesuan"
    wheels = package / "wheels"
    wheels.mkdir(parents=True)
    project = project_wheel(wheels)
    if options.wheels:
        this = f"{sys.version_info[0]}.{sys.version_info[1]}"
        for one in options.wheels.glob("*.whl"):
            shutil.copy(one, wheels)
        write_lock(package, this_machine(), this, sorted(wheels.glob("*.whl")))
    else:
        for machine in MACHINES:
            for version in options.python:
                write_lock(package, machine.name, version, downloaded(project, machine, version, wheels))
    copy_scripts(package)
    write_sums(package)
    print(f"{package}: {sum(one.stat().st_size for one in package.rglob('*') if one.is_file()) / 1e6:.0f} MB")


def project_wheel(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(HERE.parent)]
    subprocess.run(command, check=True)
    return next(folder.glob("juesuan-*.whl"))


def downloaded(project: Path, machine: Machine, version: str, wheels: Path) -> list[Path]:
    """The wheels for one machine and one Python, put into `wheels`.

    pip reads conditions such as `sys_platform == "win32"` for the machine that it runs on, so what is missing for the
    other one is asked for by name until nothing is; what only this machine wants is left out.
    """
    asked = [str(project), "pip"]
    with_all = wheels.parent / f"{machine.name}-{version}"
    while asked:
        command = [sys.executable, "-m", "pip", "download", "-q", "--only-binary=:all:", "--python-version", version]
        command += [word for tag in machine.tags for word in ("--platform", tag)]
        subprocess.run([*command, "-d", str(with_all), *asked], check=True)
        found = {canonicalize_name(parse_wheel_filename(one.name)[0]): one for one in with_all.glob("*.whl")}
        needed = closure(found, machine, version)
        asked = [str(requirement) for name, requirement in needed.items() if name not in found]
    kept = []
    for name in sorted(needed):
        shutil.copy(found[name], wheels)
        kept.append(wheels / found[name].name)
    shutil.rmtree(with_all)
    return kept


def closure(found: dict[str, Path], machine: Machine, version: str) -> dict[str, str]:
    """What the program needs on that machine: name → requirement."""
    environment = {
        "sys_platform": machine.sys_platform, "platform_system": machine.system, "platform_machine": machine.machine,
        "os_name": "nt" if machine.sys_platform == "win32" else "posix", "python_version": version,
        "python_full_version": f"{version}.0", "implementation_name": "cpython",
        "platform_python_implementation": "CPython", "extra": "",
    }  # fmt: skip
    needed = {"juesuan": "juesuan", "pip": "pip"}
    ahead = list(needed)
    while ahead:
        wheel = found.get(ahead.pop())
        for text in requirements_of(wheel) if wheel else ():
            one = Requirement(text)
            name = canonicalize_name(one.name)
            if (one.marker is None or one.marker.evaluate(environment)) and name not in needed:
                needed[name] = f"{one.name}{one.specifier}"
                ahead.append(name)
    return needed


def requirements_of(wheel: Path) -> Iterator[str]:
    with zipfile.ZipFile(wheel) as archive:
        name = next(one for one in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", one))
        yield from HeaderParser().parsestr(archive.read(name).decode()).get_all("Requires-Dist", [])


def write_lock(package: Path, machine: str, version: str, wheels: list[Path]) -> None:
    """`pip install --require-hashes -r` of this; no address stands in it."""
    lines = []
    for one in sorted(wheels):
        name, number, *_ = parse_wheel_filename(one.name)
        if name != "pip":
            lines.append(f"{name}=={number} --hash=sha256:{sha256(one)}\n")
    folder = package / "locks"
    folder.mkdir(exist_ok=True)
    (folder / f"{machine}-{version}.txt").write_text("".join(lines), encoding="ascii", newline="\n")


def this_machine() -> str:
    """As `package/run.py` says it."""
    cpu = platform.machine().lower().replace("amd64", "x86_64").replace("arm64", "aarch64")
    return f"{platform.system().lower()}-{cpu}"


def copy_scripts(package: Path) -> None:
    """Batch files end their lines as Windows does and hold nothing that a code page could change."""
    for one in sorted((HERE / "package").rglob("*")):
        target = package / one.relative_to(HERE / "package")
        if one.is_dir():
            target.mkdir(exist_ok=True)
            continue
        data = one.read_bytes().replace(b"\r\n", b"\n")
        if one.suffix == ".bat":
            data.decode("ascii")
            data = data.replace(b"\n", b"\r\n")
        target.write_bytes(data)
        if one.suffix == ".sh":
            target.chmod(0o755)
    pictures = package / "images"
    pictures.mkdir(exist_ok=True)
    for name, picture in PICTURES.items():
        shutil.copyfile(HERE.parent / "docs" / "images" / picture, pictures / name)


def write_sums(package: Path) -> None:
    files = sorted(one for one in package.rglob("*") if one.is_file())
    lines = "".join(f"{sha256(one)}  {one.relative_to(package).as_posix()}\n" for one in files)
    (package / "sha256.txt").write_text(lines, encoding="utf-8", newline="\n")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
