"""Keys: what they are bound to, in whatever layout, and what a user changed."""
