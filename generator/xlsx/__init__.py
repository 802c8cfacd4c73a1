"""Workbooks as Excel stores them: packages, cells, the numbers in them. It knows no form."""
