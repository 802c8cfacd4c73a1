"""What an archive says of itself is believed only for files inside its own folder."""

from __future__ import annotations

import json
from pathlib import Path

from generator.publishing.archive import published_in


def test_a_record_leads_to_nothing_outside(tmp_path: Path) -> None:
    folder = tmp_path / "公开一次"
    (folder / "存档").mkdir(parents=True)
    (folder / "公开").mkdir()
    (folder / "公开" / "报告.docx").write_bytes(b"x")
    (tmp_path / "别的.docx").write_bytes(b"y")
    files = {"公开/报告.docx": "1", "公开/没有.pdf": "3", "存档/报告.docx": "4"}
    record = {
        "name": "报告",
        "report": {},
        "day": "2021-09-01",
        "program": "",
        "pack": {},
        "working": "",
        "files": files,
    }
    (folder / "存档" / "公开记录.json").write_text(json.dumps(record), "utf-8")
    found = published_in(folder)
    assert found is not None
    assert found.public_files() == [folder / "公开" / "报告.docx"]
    record["files"]["公开/../../别的.docx"] = "2"
    (folder / "存档" / "公开记录.json").write_text(json.dumps(record), "utf-8")
    assert published_in(folder) is None
