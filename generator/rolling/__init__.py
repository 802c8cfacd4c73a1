"""Last year's input → next year's."""
