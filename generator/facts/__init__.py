"""Facts: named quantities and texts with their places, and everything that follows from them by arithmetic.

This room knows nothing of files, templates or Word.
"""
