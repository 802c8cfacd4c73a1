"""What the tests of all rooms share: LibreOffice, the folder of reference material, the validator of Word files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from office import Office, uno_python

from generator.writers.libreoffice import find_libreoffice

_REFERENCE = Path(__file__).resolve().parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden texts; read the change by line")


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
def validate_docx(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], str]:
    """Checks a .docx against ISO/IEC 29500 transitional; the answer says what is wrong, "" when nothing is."""
    tool = shared / "tools" / "validate_docx.py"
    folder = tmp_path_factory.mktemp("validated")

    def validate(docx: bytes) -> str:
        path = folder / f"{len(list(folder.iterdir()))}.docx"
        path.write_bytes(docx)
        run = subprocess.run([sys.executable, str(tool), "-q", str(path)], capture_output=True, text=True, check=False)
        return "" if run.returncode == 0 else run.stdout + run.stderr or f"exit {run.returncode}"

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
