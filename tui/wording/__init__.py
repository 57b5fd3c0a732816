"""What the screen says, put into words: pure, no widget."""
