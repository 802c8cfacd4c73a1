"""What the tests of all rooms share: LibreOffice, the folder of reference material, the rules of Word files."""

from __future__ import annotations

import gc
import importlib.util
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import kept_packs  # noqa: F401  before all that loads packs
import pytest
from hypothesis import HealthCheck, settings
from office import Office, uno_python
from word_rules import broken_rules

from generator.writers.libreoffice import find_libreoffice

settings.register_profile(
    "suite",
    deadline=None,  # a busy machine is no fault
    derandomize=True,  # the same examples each time: red is red again, here and elsewhere
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)
settings.load_profile("suite")

gc.set_threshold(100_000, 20, 20)
"""Thousands of small documents are made and dropped; looking for circles after each 700 new objects costs a tenth."""

_REFERENCE = Path(__file__).resolve().parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden texts; read the change by line")


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a person has kept neither helps nor hinders the tests."""
    os.environ["JUESUAN_CACHE"] = str(tmp_path_factory.mktemp("cache"))


_SPENT = pytest.StashKey[list[float]]()


def _processor_seconds() -> float:
    """Of this process and of all that it has started and seen end."""
    return sum(os.times()[:4])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist tells the first process what it has spent."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["processor_seconds"] = _processor_seconds()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash.setdefault(_SPENT, []).append(getattr(node, "workeroutput", {}).get("processor_seconds", 0.0))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    spent = _processor_seconds() if not (told := config.stash.get(_SPENT, [])) else sum(told)
    terminalreporter.write_line(f"processor time: {spent / 60:.1f} minutes")


@pytest.fixture(scope="session")
def golden(pytestconfig: pytest.Config) -> Callable[[Path, str], None]:
    """Compares a text with the golden file; with --update-golden writes it instead."""
    update = bool(pytestconfig.getoption("--update-golden"))

    def compare(path: Path, text: str) -> None:
        if update:
            path.write_text(text, encoding="utf-8")
        assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()

    return compare


@pytest.fixture(scope="session")
def libreoffice() -> Path:
    """The program `soffice`. JUESUAN_REQUIRE_LIBREOFFICE=1 turns its absence from a skip into a failure."""
    found = find_libreoffice()
    if found is None:
        reason = "LibreOffice is not installed (see .ci/fonts.sh)"
        if os.environ.get("JUESUAN_REQUIRE_LIBREOFFICE") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def office(libreoffice: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One LibreOffice that edits Word files, for all tests of the run."""
    try:
        uno_python()
    except LookupError as error:
        pytest.skip(str(error))
    opened = Office(libreoffice, tmp_path_factory.mktemp("office"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Reference material beside the repository: published documents, schemas, the validator."""
    if not _REFERENCE.is_dir():
        pytest.skip("the folder “shared” with published documents is not beside the repository")
    return _REFERENCE


@pytest.fixture(scope="session")
def validate_docx() -> Callable[[bytes], str]:
    """What is wrong with a .docx, "" when nothing is: the project's own rules (`word_rules`), and all of ISO/IEC 29500
    transitional where the validator stands beside the repository."""
    tool = _REFERENCE / "tools" / "validate_docx.py"
    if not tool.is_file():
        return lambda docx: "\n".join(broken_rules(docx))
    spec = importlib.util.spec_from_file_location("validate_docx", tool)
    assert spec is not None
    assert spec.loader is not None
    validator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(validator)
    schemas = validator.Schemas(str(_REFERENCE / "xsd"))

    def validate(docx: bytes) -> str:
        report = validator.Report()
        validator.check_package(docx, schemas, report)
        said = [f"{one['part']}:{one['line']} {one['msg']}" for one in report.errors]
        return "\n".join([*broken_rules(docx), *said])

    return validate


@pytest.fixture(scope="session")
def saved_by_libreoffice(
    libreoffice: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[dict[str, bytes]], dict[str, Path]]:
    """Files by name → the same as LibreOffice saves them."""

    def save(files: dict[str, bytes]) -> dict[str, Path]:
        folder = tmp_path_factory.mktemp("另存")
        for name, data in files.items():
            (folder / name).write_bytes(data)
        command = [
            *(str(libreoffice), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "docx", "--outdir", str(folder / "saved"), *(str(folder / name) for name in files)),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return {name: folder / "saved" / name for name in files}

    return save
