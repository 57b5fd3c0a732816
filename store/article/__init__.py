"""One article on the disk: its files, how they are read and written, its history."""
