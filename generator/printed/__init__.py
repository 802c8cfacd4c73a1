"""A finished document as its reader sees it: paragraphs, tables and charts with the numbers printed in them.

The room knows paper, not the program: `read_word.py` reads the bytes of a Word file, with or without marks, into
`model.py`; `figures.py` finds the numbers of a text, `interval.py` says what rounding their digits leave open. It must
know nothing of facts, forms, templates, checks, rendering or the arithmetic of `quantity`.
"""
