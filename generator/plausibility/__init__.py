"""Whether amounts can be what they say: slipped units, sizes per head and project, percentages out of range."""
