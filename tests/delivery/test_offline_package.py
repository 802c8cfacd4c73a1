"""The offline package: its scripts start only Python, and on this machine it installs where there is no network.

The whole package needs PyPI: `python tests/long/offline_package.py`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "delivery"))

from make_package import MACHINES, closure, copy_scripts

PACKAGE = Path(__file__).resolve().parents[2] / "delivery" / "package"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("给 财政局")
    copy_scripts(folder)
    return folder


def test_batch_files_are_ascii_with_the_line_ends_of_windows(package: Path) -> None:
    for name in ("install", "start", "uninstall"):
        data = (package / f"{name}.bat").read_bytes()
        assert data.isascii() and data.count(b"\n") == data.count(b"\r\n") > 5
        assert f'run.py" {name} %*'.encode() in data
        assert b"\r" not in (package / f"{name}.sh").read_bytes()


def test_the_page_of_instructions_has_its_pictures(package: Path) -> None:
    page = (package / "help.html").read_text("utf-8")
    named = re.findall(r'src="([^"]+)"', page)
    assert len(named) == 3 and all((package / one).stat().st_size > 1000 for one in named)


def run(package: Path, name: str) -> tuple[int, str]:
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": str(package),
        "LANG": "C.UTF-8",
    }
    end = subprocess.run(["sh", package / f"{name}.sh"], capture_output=True, text=True, env=environment, check=False)
    return end.returncode, end.stdout


def test_without_a_fitting_python_it_says_what_to_put_where(package: Path, tmp_path: Path) -> None:
    (tmp_path / "dirname").symlink_to("/usr/bin/dirname")
    (tmp_path / "sh").symlink_to("/bin/sh")
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (tmp_path / "python3").chmod(0o755)
    environment = {"PATH": str(tmp_path)}
    end = subprocess.run(
        ["/bin/sh", package / "start.sh"], capture_output=True, text=True, env=environment, check=False
    )
    assert end.returncode == 1
    assert f"{package}/python\n" in end.stdout
    assert "没有找到 Python" in end.stdout


def test_a_package_without_this_machine_says_which_it_has(package: Path) -> None:
    (package / "locks").mkdir()
    (package / "locks" / "windows-x86_64-3.12.txt").touch()
    status, said = run(package, "install")
    assert status == 1
    assert "没有它的文件（有：windows-x86_64-3.12）" in said


def test_removing_the_program_leaves_the_reports(package: Path) -> None:
    report = package / "决算报告" / "填报.xlsx"
    for one in (report, package / "env" / "lib" / "part.py"):
        one.parent.mkdir(parents=True)
        one.touch()
    status, said = run(package, "uninstall")
    assert (status, "没有动" in said) == (0, True)
    assert report.exists() and not (package / "env").exists()


def test_conditions_are_read_for_the_other_machine(tmp_path: Path) -> None:
    import zipfile

    wheel = tmp_path / "juesuan-1-py3-none-any.whl"
    wanted = (
        'colorama; sys_platform == "win32"',
        'tomli; python_version < "3.11"',
        'sphinx; extra == "doc"',
        "lxml>=5",
    )
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("juesuan-1.dist-info/METADATA", "".join(f"Requires-Dist: {one}\n" for one in wanted) + "\n")
    windows, linux, _ = MACHINES
    assert set(closure({"juesuan": wheel}, windows, "3.12")) == {"juesuan", "pip", "colorama", "lxml"}
    assert set(closure({"juesuan": wheel}, linux, "3.10")) == {"juesuan", "pip", "tomli", "lxml"}
