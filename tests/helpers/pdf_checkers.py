"""What checkers of accessible PDFs from PyPI say: pdfua, and outloud where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any


def errors_in(pdf: Path) -> list[str]:
    return [*_pdfua(pdf), *_outloud(pdf)]


def _pdfua(pdf: Path) -> list[str]:
    """Its rule UA-14-001 breaks off at headings of several pieces (0.1.3) and is not counted."""
    run = [sys.executable, "-m", "pdfua", "check", "--format", "json", str(pdf)]
    return [str(one) for one in _with_severity(json.loads(_said(run))) if str(one["severity"]).lower() == "error"]


def _outloud(pdf: Path) -> list[str]:
    program = shutil.which("outloud") or shutil.which("outloud", path=str(Path(sys.executable).parent))
    if program is None:
        return []
    said = json.loads(_said([program, "--quiet", "--fail-on", "never", "--json", "-", str(pdf)]))
    return [str(one) for one in _with_severity(said) if str(one["severity"]).lower() == "error"]


def _said(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _with_severity(said: Any) -> list[dict[str, Any]]:
    """The findings, wherever in the report they stand."""
    if isinstance(said, dict):
        if "severity" in said and ("rule" in said or "rule_id" in said):
            return [said]
        return [one for part in said.values() for one in _with_severity(part)]
    return [one for part in said for one in _with_severity(part)] if isinstance(said, list) else []
