"""The exchange formats, one module each: its reader and its writer together."""
