"""Expressions over facts: the sandboxed language of packs, and figures mentioned in what an office types."""
