"""A pack without data: what its author wrote wrongly, one finding for each cause, at its own line."""
