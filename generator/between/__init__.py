"""What the reports of a unit's year say of the same things, held against each other."""
