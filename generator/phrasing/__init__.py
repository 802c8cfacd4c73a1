"""Quantities in sentences: the tokens of one text, the filters of templates, wording by the printed relation, gaps."""
