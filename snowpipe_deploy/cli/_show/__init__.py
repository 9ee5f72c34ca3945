"""Values to text, JSON and markdown."""
