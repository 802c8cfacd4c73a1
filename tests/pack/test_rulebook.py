"""rulebook.yaml: what reports are held to is a check of the pack or stands in its list, with who sees to it or why not.

REQUIRED is a list of facts: what the instructions for final accounts and for self-evaluations ask of a report, and what
inspections found wrong, under the numbers that the checks carry. It is copied here so that a pack cannot lose one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import said

from generator.lint.lint import linted
from generator.pack import PackRoots, load_pack, pack_names

BOTH, FINAL_ACCOUNTS, PERFORMANCE = (
    part.split()
    for part in (
        """
N-SUM N-DIFF N-PCT N-YOY N-SHARE100 N-COUNT N-HEAD N-HEADCAP N-OFWHICH N-SUBSET N-MUL N-BACK
X-EQ X-TEXT X-OBJ B-BAL B-CARRY S-CAP W-CMP Y-COVER Y-STALE Y-PERIOD
W-DIR W-ZERO W-PP W-REASON W-REASONSENSE W-BUDGETWORD W-CMPWORD W-UNIT W-UNITDUP W-DEC W-DOCNO W-RESIDUE W-DUP W-TYPO
L-HEADSEQ L-TOC L-EMPTYSEC L-BRACKET
D-MATCH D-UNIT D-NAME D-YEAR D-RESID D-PRIV D-HEAD D-PDF D-SCORE D-EMPTYSEC
""",
        """
T1-IN T1-OUT T1-BAL T2-ROW T3-ROW T*-TREE T4-IN T4-ROW T4-BAL T5-ROW T6-ECON T7-SUM T8-BAL T9-BAL
X12 X13 X14 X34 X45 X48 X56 X35 X67 R-ORG
TN-1 TN-2 TN-3 TN-4 TN-5a TN-5b TN-5c TN-6 TN-7 TN-8 TN-9 TN-PROC TN-CAR TN-PERF L-TERM C-NAME
D-TIME D-SET D-EMPTY D-ITEM D-ECON D-BASEPROJ D-CAR D-3G4 D-3GNUM D-3GCONS D-3GWHY D-3GAVG D-WHY D-ORG D-PROC D-ASSET
D-PERF D-TERM D-DUTY D-TABTXT D-REAL D-CODE D-USE D-ZEROBASE D-SECRET
""",
        """
P-WEIGHT P-EXEC P-SCORE P-TOTAL P-GRADE P-MET P-OVER P-REASON P-COMPLETE P-LABEL P-XFIN P-XTXT
""",
    )
)

SHIPPED = PackRoots.with_own(())
PACKS = [name for name in pack_names(SHIPPED) if not (one := load_pack(name, SHIPPED).value) or not one.abstract]


def required(name: str) -> list[str]:
    return BOTH + (FINAL_ACCOUNTS if name.startswith("final-accounts") else PERFORMANCE)


@pytest.mark.parametrize("name", PACKS)
def test_every_shipped_pack_accounts_for_what_its_kind_is_held_to(name: str) -> None:
    pack = load_pack(name, SHIPPED).value
    assert pack is not None
    entries = {one.code: one for one in pack.rulebook}
    assert sorted(set(required(name)) - set(entries)) == []
    checks = {code: [rule.code for rule in pack.rules if entries[code].covers(rule.code)] for code in entries}
    assert [code for code, one in entries.items() if bool(one.answer) is bool(checks[code])] == []
    assert [code for code, one in entries.items() if not one.subject] == []


def test_the_list_is_the_one_of_the_documents(shared: Path) -> None:
    """First columns of the tables, and the two paragraphs that name theirs in running text."""
    texts = [(shared / "domain" / name).read_text(encoding="utf-8") for name in ("checks.md", "policy.md")]
    code = r"(?:T\d|T\*|TN|N|X|B|S|W|L|C|R|D|P|Y)-[A-Z0-9][A-Z0-9a-z]*|X\d\d"
    columns = [line.split("|")[1] for text in texts for line in text.splitlines() if line.startswith("| ")]
    running = re.findall(r"^(?:N-SUM|Dates:|P-WEIGHT).*$", texts[0], re.MULTILINE)
    named = {one for piece in (*columns, *running) for one in re.findall(code, piece.replace("TN-8/9", "TN-8 TN-9"))}
    listed = {*BOTH, *FINAL_ACCOUNTS, *PERFORMANCE}
    assert sorted(named - listed) == []
    assert [one for one in sorted(listed - named) if one not in texts[0]] == []  # W-UNITDUP, inside W-UNIT


# -- what an author writes --------------------------------------------------------------------------------------------

PACK = """\
名称: 本省
标题: 本省部门决算
种类: 部门决算
版本: "1"
上级: final-accounts-national
"""


@pytest.mark.parametrize(
    ("checks", "rulebook", "told"),
    [
        ("", "D-OWN: {题: 本省的要求, 缺: 本省的表}\n", []),
        ("", "D-OWN: {题: 本省的要求}\n", ["T158 本省/rulebook.yaml 第1行 规定“D-OWN 本省的要求”没有着落"]),
        (
            "X56: null\n",
            "",
            ["T158 final-accounts/rulebook.yaml 第27行 规定“X56 基本支出等于人员经费加公用经费”没有着落"],
        ),
        (
            "N-HEADCAP-NONE: {应当: =年度 > 0, 说明: 没有}\n",
            "",
            ["T159 final-accounts-national/rulebook.yaml 第7行 规定“N-HEADCAP”已有核对关系“N-HEADCAP-NONE”"],
        ),
        ("N-HEADCAP-NONE: {应当: =年度 > 0, 说明: 没有}\n", "N-HEADCAP: {缺: null}\n", []),
        ("", "X45: {由: T1-BALL}\n", ["T117 本省/rulebook.yaml 第1行 rulebook.yaml 的“X45”“由”的值“T1-BALL”"]),
        ("", "X12: {免: 没有}\n", ["T117 本省/rulebook.yaml 第1行 rulebook.yaml 的“X12”“免”的值“没有”"]),
        ("", "D-OWN: 计算\n", ["T115 本省/rulebook.yaml 第1行 rulebook.yaml 的“D-OWN”"]),
        ("", "D-SECRET: {因: 计算}\n", ["T114 本省/rulebook.yaml 第1行 rulebook.yaml 的“D-SECRET”里有不认识的词“因”"]),
    ],
)
def test_mistakes_of_a_rulebook_are_told(tmp_path: Path, checks: str, rulebook: str, told: list[str]) -> None:
    folder = tmp_path / "本省"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    for name, text in (("checks.yaml", checks), ("rulebook.yaml", rulebook)):
        if text:
            (folder / name).write_text(text, encoding="utf-8")
    found = said(linted("本省", PackRoots.with_own((tmp_path,))).diagnostics)
    assert [one for one, words in zip(found, told, strict=False) if not one.startswith(words)] == []
    assert len(found) == len(told)
