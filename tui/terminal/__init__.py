"""What goes between the program and the terminal: frames, their bytes, the start."""
