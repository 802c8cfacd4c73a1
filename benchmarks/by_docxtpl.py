"""The same content through docxtpl. Started as a program it is one cold run; it must not import anything of ours."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate


def render(template: bytes, content: dict[str, Any]) -> bytes:
    """The measured work: load, render, save."""
    made = DocxTemplate(io.BytesIO(template))
    made.render(content)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def main(arguments: Sequence[str]) -> None:
    """Template, content as JSON, and where the .docx goes."""
    template, content, output = map(Path, arguments)
    output.write_bytes(render(template.read_bytes(), json.loads(content.read_text("utf-8"))))


if __name__ == "__main__":
    main(sys.argv[1:])
