"""Findings and outcomes: what stops a build, where to start looking."""

from __future__ import annotations

import pytest

from generator.diagnostics import Diagnostic, Outcome, Severity, has_errors
from generator.place import NOWHERE, Place


@pytest.mark.parametrize(
    ("word", "severity"), [("错误", Severity.ERROR), ("警告", Severity.WARNING), ("提示", Severity.INFO)]
)
def test_severities_have_a_word_each(word: str, severity: Severity) -> None:
    assert severity.word == word
    assert Severity.from_word(word) is severity


def test_an_error_weighs_more_than_a_warning_and_that_more_than_a_hint() -> None:
    assert Severity.ERROR > Severity.WARNING > Severity.INFO


@pytest.mark.parametrize(
    ("severities", "stops"),
    [((), False), ((Severity.INFO, Severity.WARNING), False), ((Severity.WARNING, Severity.ERROR), True)],
)
def test_only_an_error_stops_a_build(severities: tuple[Severity, ...], stops: bool) -> None:
    assert has_errors(Diagnostic(severity, "C001", "甲") for severity in severities) is stops


def test_the_first_place_is_where_to_start() -> None:
    first, second = Place("收支.yaml", 12), Place("收支.yaml", 3)
    assert Diagnostic(Severity.ERROR, "C001", "甲", places=(first, second)).place == first
    assert Diagnostic(Severity.ERROR, "C001", "甲").place == NOWHERE


def test_an_outcome_without_findings() -> None:
    assert Outcome(5).diagnostics == ()
