"""YAML of packs: words keep their line, duplicate names are refused, 是/否 and numbers stay what their author wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from generator.diagnostics import Diagnostic, finding
from generator.place import Located, Place
from generator.reading.yaml_mistakes import explain

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = "tag:yaml.org,2002:null"


class PackYamlError(Exception):
    """The file cannot be used; `diagnostic` has the line."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def load_located(text: str, file: str) -> Any:
    """Mappings, lists and `Located` words; empty values are None. Every scalar stays text. Raises `PackYamlError`."""
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        mistake = explain(error, file, text)
        raise PackYamlError(finding("T113", mistake.place, reason=mistake.message)) from error
    finally:
        loader.dispose()
    return None if node is None else _value(node, file)


def _value(node: yaml.Node, file: str) -> Any:
    if isinstance(node, yaml.ScalarNode):
        if node.tag == _NULL:
            return None
        return Located(node.value, Place(file, node.start_mark.line + 1))
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, file) for item in node.value]
    result: dict[Located, Any] = {}
    for key, value in node.value:
        word = Located(str(key.value), Place(file, key.start_mark.line + 1))
        if word in result:
            raise PackYamlError(finding("T113", word.place, reason=f"“{word}”写了两次"))
        result[word] = _value(value, file)
    return result


_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def with_numbers(value: Any) -> Any:
    """The same data with words that are numbers as numbers, for readers that do not need lines."""
    if isinstance(value, Mapping):
        return {str(key): with_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_numbers(inner) for inner in value]
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value
