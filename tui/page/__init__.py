"""An article as a page of lines: pure, no widget."""
