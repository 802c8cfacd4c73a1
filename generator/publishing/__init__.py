"""公开 as one act: a finished Word file is judged, made fit for the public in several forms, and remembered.

`act` does it; `questions` asks what the law asks, `numbers` finds numbers of people, `page` and `tables` make HTML and
CSV of the Word file's own words, `archive` is what stays in the office and what later corrections are held against.
"""
