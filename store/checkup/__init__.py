"""Looking a library through, and repairing it."""
