"""YAML of packs: words keep their line, duplicate names are refused, 是/否 and numbers stay what their author wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from generator.border.refused import OverBudgetError
from generator.border.yaml_text import Amount, TooDeepError, compose, is_empty, line_of
from generator.diagnostics import Diagnostic, finding
from generator.place import Located, Place
from generator.reading.yaml_mistakes import explain


class PackYamlError(Exception):
    """The file cannot be used; `diagnostic` has the line."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def load_located(text: str, file: str) -> Any:
    """Mappings, lists and `Located` words; empty values are None. Every scalar stays text. Raises `PackYamlError`."""
    try:
        node = compose(text, Amount())
    except yaml.YAMLError as error:
        mistake = explain(error, file, text)
        raise PackYamlError(finding("T113", mistake.place, reason=mistake.message)) from error
    except TooDeepError as error:
        raise PackYamlError(finding("T113", Place(file, error.line), reason=finding("I015").message)) from error
    except OverBudgetError as error:
        told = finding("I069", file=file, **error.values)
        raise PackYamlError(finding("T113", Place(file), reason=told.message)) from error
    return None if node is None else _value(node, file)


def _value(node: yaml.Node, file: str) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return None if is_empty(node) else Located(node.value, Place(file, line_of(node)))
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, file) for item in node.value]
    result: dict[Located, Any] = {}
    for key, value in node.value:
        word = Located(str(key.value), Place(file, line_of(key)))
        if word in result:
            raise PackYamlError(finding("T113", word.place, reason=f"“{word}”写了两次"))
        result[word] = _value(value, file)
    return result


def words_of(data: Any) -> Iterator[Located]:
    """Every word of a YAML file, names left out."""
    if isinstance(data, Mapping):
        for value in data.values():
            yield from words_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from words_of(value)
    elif isinstance(data, Located):
        yield data


_NUMBER = re.compile(r"(?!\d{6}$)-?\d+(\.\d+)?")
"""Six digits are a colour: as a number they would forget the zeros before them."""


def with_numbers(value: Any) -> Any:
    """The same data with words that are numbers as numbers, for readers that do not need lines."""
    if isinstance(value, Mapping):
        return {str(key): with_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_numbers(inner) for inner in value]
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value
