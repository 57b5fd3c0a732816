"""A library of several people: permissions, and who is there."""
