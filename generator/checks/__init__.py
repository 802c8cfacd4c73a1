"""Rules that a report must keep: the pack's identities, and those that hold for every report (reasons, years).

This room knows facts and sentences; it knows nothing of Word or of how facts were read.
"""
