"""Findings for programs: the shape that other programs rely on."""

from __future__ import annotations

import json

from generator.diagnostics import Diagnostic, Severity
from generator.diagnostics.as_json import as_json
from generator.place import Place

WARNING = Diagnostic(Severity.WARNING, "C001", "“收入”不等", "请核对", (Place("填报.xlsx", sheet="收支", cell="C3"),))
ERROR = Diagnostic(
    Severity.ERROR, "I030", "不是金额", places=(Place("收支.yaml", 5), Place("收支.yaml", 6)), basis="预算法"
)


def test_the_shape() -> None:
    assert json.loads(as_json([WARNING, ERROR])) == {
        "findings": [
            {
                "severity": "错误",
                "kind": "finding",
                "code": "I030",
                "message": "不是金额",
                "hint": "",
                "basis": "预算法",
                "places": [{"file": "收支.yaml", "line": 5}, {"file": "收支.yaml", "line": 6}],
            },
            {
                "severity": "警告",
                "kind": "finding",
                "code": "C001",
                "message": "“收入”不等",
                "hint": "请核对",
                "basis": "",
                "places": [{"file": "填报.xlsx", "sheet": "收支", "cell": "C3"}],
            },
        ],
        "counts": {"错误": 1, "待填": 0, "警告": 1, "提示": 0},
    }


def test_chinese_stays_readable() -> None:
    assert '"message": "“收入”不等"' in as_json([WARNING])


def test_what_a_command_made_stands_beside_the_findings() -> None:
    assert json.loads(as_json([], {"file": "报告.docx", "renewed": 3})) == {
        "findings": [],
        "counts": {"错误": 0, "待填": 0, "警告": 0, "提示": 0},
        "file": "报告.docx",
        "renewed": 3,
    }
