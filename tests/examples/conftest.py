"""The example's document, its Word files and its PDF: each made once for all tests of this room."""

from __future__ import annotations

from pathlib import Path

import pytest
from gongjing import FOLDER, report_of, word_of

from generator.pipeline import Examined
from generator.writers.libreoffice import SOFFICE_VARIABLE
from generator.writers.outline import write_outline
from generator.writers.pages import Paged


@pytest.fixture(scope="session")
def report() -> Examined:
    return report_of(FOLDER)


@pytest.fixture(scope="session")
def outline(report: Examined) -> str:
    return write_outline(report.document)


@pytest.fixture(scope="session")
def files(report: Examined) -> dict[str, bytes]:
    """The Word file, the copy for publication and the draft, with estimated page numbers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SOFFICE_VARIABLE, "/nowhere/soffice")
        return {
            "": word_of(report).docx,
            "公开": word_of(report, publish=True).docx,
            "草稿": word_of(report, draft=True).docx,
        }


@pytest.fixture(scope="session")
def printed(report: Examined, libreoffice: Path) -> Paged:
    """The Word file with measured page numbers, and its PDF."""
    return word_of(report, pdf=True)
