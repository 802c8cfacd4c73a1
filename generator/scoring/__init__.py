"""Scores of 绩效 indicators: the rules of a pack, one row, a sheet, and the filters that templates use."""
