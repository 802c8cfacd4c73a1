"""The document before any file format: headings, paragraphs, tables, charts, figures.

Numbers, units, rounding, heading numbers and merged cells are settled here; a writer only translates. This room knows
nothing of facts' places in workbooks, templates or Word.
"""
