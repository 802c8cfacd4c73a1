"""A finished document judged: every printed claim recomputed from what is printed.

What the paper says comes from `printed`; here stands what its numbers claim of one another (`claims_*.py`) and what
contradicts itself (`verify.py`, `findings.py`). A second voice that borrows the first one's ideas of a number cannot
contradict it, so the room knows nothing of facts, forms, templates, checks, rendering or the arithmetic of `quantity`.
"""
