"""One cause before its consequences: which slip of the hand explains what does not agree, tried out before it is told.

This room knows forms, facts and what was typed; it is given a way to judge changed input, and never changes any data.
"""
