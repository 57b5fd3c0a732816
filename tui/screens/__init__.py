"""The screens: each owns what it shows."""
