"""A finished document read again: every printed claim recomputed from what is printed.

The room knows paper, not the program: it gets the bytes of a Word file, reads paragraphs, tables and charts with the
numbers printed in them (`read_word.py` → `model.py`), finds what they claim of one another (`claims_*.py`), recomputes
it with the rounding that the printed digits leave open (`interval.py`) and says what contradicts itself (`verify.py`).

It must know nothing of facts, forms, templates, checks, rendering or the arithmetic of `quantity`: a second voice that
borrows the first one's ideas of a number cannot contradict it. It needs no marks in the file either, so that it reads
a copy for publication just as well, and later documents that others have made.
"""
