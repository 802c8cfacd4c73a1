"""What is wrong, where, by how much, what to do: findings as data, and their texts.

This room knows places and sentences; it knows nothing of workbooks, templates or Word.
"""

from generator.diagnostics.catalogue import CATALOGUE, finding
from generator.diagnostics.catalogue.entry import Entry
from generator.diagnostics.diagnostic import Diagnostic, Outcome, Severity, has_errors

__all__ = ["CATALOGUE", "Diagnostic", "Entry", "Outcome", "Severity", "finding", "has_errors"]
