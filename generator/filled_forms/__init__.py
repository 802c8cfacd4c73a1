"""Forms that somebody has filled in (自评表, 指标表, 目标表): labels beside their values, rows under a head.

How such a form looks and which fields it fills stands in the pack; this room knows pages, cells and those words.
"""
