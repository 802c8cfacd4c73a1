"""What an office has typed: cleaned, read as values, completed to facts."""
