"""What an office fills in: its fields, what it typed, and the facts that come of it.

YAML, workbooks, checks, packs and rolling forward all stand on it; it knows no file format.
"""
