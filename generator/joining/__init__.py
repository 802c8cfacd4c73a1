"""Two people's edits of one generated file, in one file."""
