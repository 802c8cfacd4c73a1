"""The catalogue of sentences: every code is said somewhere, and nothing is said that has no code."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from generator.diagnostics import CATALOGUE, Severity, finding
from generator.place import Place

ROOT = Path(__file__).resolve().parents[2]
UNTESTABLE = {
    "O004": "a disk that fails while it is read",
}
"""Codes that no test may bring about without pretending; the reason beside each."""

CODE = re.compile(r"[A-Z]\d{3}")
_NO_CODES = ("__init__", "entry")


def strings(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def codes_in_use() -> dict[str, set[str]]:
    """Code → modules in which it stands as a word of the program (methods such as `report` pass it on to `finding`)."""
    used: dict[str, set[str]] = {}
    for path in sorted((ROOT / "generator").rglob("*.py")):
        if path.parent.name == "catalogue":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                used.setdefault(node.value, set()).add(str(path.relative_to(ROOT)))
    return used


def codes_given_to_finding() -> set[str]:
    """Codes that stand literally in a call of `finding`."""
    found: set[str] = set()
    for path in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "finding":
                found |= {text for text in strings(node.args[0]) if CODE.fullmatch(text)} if node.args else set()
    return found


def words_of_tests() -> str:
    here = Path(__file__).resolve()
    files = (path for path in (ROOT / "tests").rglob("*") if path.suffix in (".py", ".txt", ".json", ".yaml"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files if path != here)


def test_every_code_of_the_catalogue_is_said() -> None:
    assert set(CATALOGUE) - set(codes_in_use()) == set()


def test_no_code_is_said_that_the_catalogue_lacks() -> None:
    assert codes_given_to_finding() - set(CATALOGUE) == set()
    unknown = {code: files for code, files in codes_in_use().items() if code not in CATALOGUE}
    assert unknown == {}


def test_every_code_has_a_test() -> None:
    """A search of the tests' text; what cannot be brought about stands above with its reason."""
    tests = words_of_tests()
    untested = {code for code in CATALOGUE if not re.search(rf"\b{code}\b", tests)}
    assert untested - set(UNTESTABLE) == set()


def test_the_exceptions_are_still_exceptions() -> None:
    assert set(UNTESTABLE) <= set(CATALOGUE)


@pytest.mark.parametrize("code", CATALOGUE)
def test_sentences_are_whole(code: str) -> None:
    """A message is a clause without full stop; a hint ends in a word, a bracket, or what is filled in."""
    entry = CATALOGUE[code]
    assert entry.message and entry.message == entry.message.strip()
    assert not entry.message.endswith(("。", "，", "；", "：", "、", "."))
    assert entry.hint == entry.hint.strip()
    assert not entry.hint.endswith(("，", "；", "：", "、", ".", ","))
    for text in (entry.message, entry.hint):
        assert text.count("“") == text.count("”")
        assert text.count("（") == text.count("）")
        assert all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(text))
        assert not re.search(r"[\u4e00-\u9fff][,;?!][\u4e00-\u9fff]", text), "half-width punctuation between Chinese"


def test_a_letter_has_one_file() -> None:
    folder = ROOT / "generator" / "diagnostics" / "catalogue"
    files = {
        code: path.stem
        for path in folder.glob("*.py")
        for code in re.findall(r'^    "([A-Z]\d{3})"', path.read_text("utf-8"), re.M)
    }
    assert files.keys() == CATALOGUE.keys()
    assert len({(code[0], file) for code, file in files.items()}) == len(set(files.values()))


def test_a_finding_takes_the_sentence_and_fills_it_in() -> None:
    found = finding("O001", Place("甲.yaml"), file="甲.yaml")
    assert (found.severity, found.code, found.message, found.hint, found.places) == (
        Severity.ERROR, "O001", "找不到文件“甲.yaml”", "请核对文件名和所在文件夹", (Place("甲.yaml"),),
    )  # fmt: skip


def test_a_code_that_does_not_exist_or_a_value_forgotten_is_our_own_mistake() -> None:
    with pytest.raises(KeyError):
        finding("O999")
    with pytest.raises(KeyError):
        finding("O001")


def test_each_letter_has_its_file() -> None:
    """A code's letter names the room; the same code never stands in two files."""
    files = sorted((ROOT / "generator/diagnostics/catalogue").glob("*.py"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in files if path.stem not in _NO_CODES}
    letters = {name: set(re.findall(r'^    "([A-Z]\d{3})": Entry', text, re.MULTILINE)) for name, text in texts.items()}
    assert {name: {code[0] for code in codes} for name, codes in letters.items()} == {
        "accounts": {"A"}, "adopting": {"L"}, "checks": {"C"}, "corrections": {"R"}, "facts": {"F"}, "files": {"O"},
        "machine": {"D"}, "new_year": {"N"}, "packs": {"T"}, "publishing": {"P"}, "reading": {"I"}, "verify": {"V"},
        "word": {"W"}, "workbooks": {"X"},
    }  # fmt: skip
    assert sum(len(codes) for codes in letters.values()) == len(CATALOGUE)
