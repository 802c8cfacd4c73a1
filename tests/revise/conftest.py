"""What the tests of this room share: files saved anew by LibreOffice."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


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
