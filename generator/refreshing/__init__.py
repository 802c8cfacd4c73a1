"""An edited Word file brought up to date in place: a person's work stays, what the program had written is renewed."""
