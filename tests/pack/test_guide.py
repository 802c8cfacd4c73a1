"""templates/README.md: every word of the pack format stands in it, and every filter and word it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import plain

from generator.between import meanings as between
from generator.checks import rulebook
from generator.checks.rules import RELATIONS, SIGNS
from generator.checks.rules import WORDS as CHECK_WORDS
from generator.facts.accounts import Accounts
from generator.facts.fact import ROLES
from generator.filled_forms import form_words
from generator.form import fields
from generator.lint.lint import linted
from generator.official_tables import import_form
from generator.pack import PackRoots, declared_tables, row_lists, table_order
from generator.pack.pack import GLOSSARY_WORDS, PACK_WORDS
from generator.pack.sources import LISTS, MAPPINGS
from generator.pipeline import examine
from generator.render.assemble import FENCES, make_environment
from generator.render.table_compiler import CELL_WORDS, COLUMN_WORDS, ROW_WORDS, TABLE_WORDS
from generator.scoring.rules import Scoring
from generator.writers.outline import write_outline

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
GUIDE = (Path(__file__).resolve().parents[2] / "templates" / "README.md").read_text(encoding="utf-8")
ENVIRONMENT = make_environment(Accounts({}, {}), Scoring())
OF_JINJA = {"list", "default", "reject", "escape", "e", "string", "safe"}
"""Filters that Jinja2 brings and that an author need not know."""

WORDS = {
    "pack.yaml": PACK_WORDS,
    "角色": ROLES,
    "表序": (*table_order._WORDS, *table_order._GIVEN),
    "fields.yaml": (*fields._FIELD_WORDS, *fields._GROUP_WORDS, *fields._ROWS_WORDS),
    "the kinds of fields": fields.KINDS,
    "rows/*.yaml": (*row_lists.ROW_WORDS, row_lists.EACH, row_lists.GIVEN, row_lists.SPELLINGS),
    "tables/*.yaml": (*TABLE_WORDS, *ROW_WORDS, *COLUMN_WORDS, *CELL_WORDS),
    "declared tables": (*declared_tables._COLUMN_WORDS, declared_tables.READ, declared_tables.NUMBERS),
    "inherited tables": (declared_tables.CHANGED,),
    "checks.yaml": (*CHECK_WORDS, *RELATIONS, *SIGNS),
    "between.yaml": (*between.WORDS, *between.SEVERITIES),
    "rulebook.yaml": (*rulebook.WORDS, *rulebook.KEEPERS),
    "glossary.yaml": GLOSSARY_WORDS,
    "import.yaml": (
        *import_form._TABLE_WORDS,
        *import_form._ROWS_WORDS,
        *import_form._HEAD_WORDS,
        *import_form._SIGN_WORDS,
        *import_form.STYLES,
    ),
    "what is taken off and divided": (*import_form._VALUE_WORDS, *import_form._MATRIX_WORDS),
    "forms": (*form_words._WORDS, *form_words._CROSSED_WORDS, *form_words._LISTED_WORDS, *form_words._TOTAL_WORDS),
    "fences": tuple(FENCES),
    "files": (*MAPPINGS, *LISTS),
    "filters": tuple(sorted(set(ENVIRONMENT.filters) - OF_JINJA)),
}


@pytest.mark.parametrize("where", WORDS)
def test_every_word_that_exists_is_in_the_guide(where: str) -> None:
    assert [word for word in WORDS[where] if word not in GUIDE] == []


def test_every_filter_of_the_guide_exists() -> None:
    code = re.findall(r"`([^`\n]+)`", GUIDE)
    named = {name for piece in code for name in re.findall(r"\\?\| ?([一-鿿]+)", piece)}
    assert sorted(named - set(ENVIRONMENT.filters)) == []


def test_the_walk_of_the_guide_makes_a_pack(tmp_path: Path) -> None:
    """Three sentences and a table differ: the files as they stand in the guide."""
    walk = GUIDE.partition("### 走一遍")[2].partition("\n### ")[0]
    files = re.findall(r"\n    # 我的模板/(\S+)\n((?:    .*\n|\n)+)", walk)
    for path, text in files:
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(re.sub("^    ", "", text.rstrip("\n"), flags=re.MULTILINE) + "\n", encoding="utf-8")
    assert [path for path, _ in files] == [
        "某省部门决算/pack.yaml",
        "某省部门决算/text/情况说明.md.j2",
        "某省部门决算/tables/收入决算表.yaml",
    ]
    roots = PackRoots.with_own((tmp_path,))
    assert linted("某省部门决算", roots).diagnostics == ()
    data = (INPUTS / "putuo-planning-2024" / "数据.yaml").parent
    folder = tmp_path / "填报"
    folder.mkdir()
    for file in data.glob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("报告: final-accounts-national", "报告: 某省部门决算")
        (folder / file.name).write_text(text, encoding="utf-8")
    made = examine(folder, roots).value
    assert made is not None
    outline = plain(write_outline(made.document))
    assert "机关运行经费支出说明" in outline
    assert "机关运行经费包括办公费、印刷费、差旅费等。" in outline
    assert "2024年度政府采购支出总额" in outline
    assert "注：本表反映本部门本年度取得的全部收入。" in outline
    assert "其他各项收入" in outline
