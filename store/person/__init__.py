"""What is kept for one person: the place, steps to undo, edits that are not saved."""
