"""Tables of any file as grids of cells: web pages, Word files, PDFs.

What the cells mean stands in `official_tables`.
"""
