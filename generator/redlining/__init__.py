"""Two versions of a report as one Word file with tracked changes."""
