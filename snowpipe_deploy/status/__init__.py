"""What ran, and why something did not."""
