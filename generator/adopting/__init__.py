"""A report made by hand, read with a pack's own sentences as the grammar: a template read backwards."""
