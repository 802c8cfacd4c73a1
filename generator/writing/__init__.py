"""Workbooks and YAML files for an office: blank, filled in, annotated."""
