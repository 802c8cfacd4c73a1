"""A Word file that the program made before and people may have edited since: its words, figures and marks.

It works on Word files as bytes and trees; it knows nothing of inputs, templates or writers.
"""
