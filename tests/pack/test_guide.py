"""templates/README.md: every word of the pack format stands in it, and every filter and word it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.checks.rules import RELATIONS, SIGNS
from generator.checks.rules import WORDS as CHECK_WORDS
from generator.facts.accounts import Accounts
from generator.facts.fact import ROLES
from generator.form import fields
from generator.official_tables import import_form
from generator.pack import declared_tables, row_lists, table_order
from generator.pack.pack import GLOSSARY_WORDS, PACK_WORDS
from generator.pack.sources import LISTS, MAPPINGS
from generator.render.assemble import FENCES, make_environment
from generator.render.table_compiler import CELL_WORDS, COLUMN_WORDS, ROW_WORDS, TABLE_WORDS
from generator.scoring.rules import Scoring

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
    "rows/*.yaml": (*row_lists.ROW_WORDS, row_lists.EACH, row_lists.GIVEN),
    "tables/*.yaml": (*TABLE_WORDS, *ROW_WORDS, *COLUMN_WORDS, *CELL_WORDS),
    "declared tables": (*declared_tables._COLUMN_WORDS, declared_tables.READ, declared_tables.NUMBERS),
    "inherited tables": (declared_tables.CHANGED,),
    "checks.yaml": (*CHECK_WORDS, *RELATIONS, *SIGNS),
    "glossary.yaml": GLOSSARY_WORDS,
    "import.yaml": (*import_form._TABLE_WORDS, *import_form._ROWS_WORDS, *import_form._HEAD_WORDS),
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
