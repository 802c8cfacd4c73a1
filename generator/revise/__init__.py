"""What comes after the first version: comparing, refreshing in place, tracked changes.

This room works on Word files as bytes: one that the program wrote and people may have edited since, and one freshly
written. It knows the marks and the facts part; it knows nothing of inputs, templates or writers.
"""
