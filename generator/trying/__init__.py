"""Trying a pack: plausible inputs made from its own form, the report of each, and what does not fit, told in the pack's
lines.

The room knows a pack and the stations; it knows no province, and nothing of the screen.
"""
