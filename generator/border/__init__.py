"""The border: whatever comes from outside is judged here, once, before any reader sees it.

One table of budgets (`budgets`), one way to open each kind: `archive` for workbooks and Word files, `xml` for their
parts, `markup` for .xls that are HTML or XML, `yaml_text` for inputs and packs, `pdf`, and `pack_names` for words of
the data that name a pack. It takes and returns bytes and values; only `workspace` touches files, and asks this room how
large they may be. It knows nothing of forms, cells, or paragraphs.
"""
