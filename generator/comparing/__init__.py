"""Two versions of a report compared, and the differences said."""
