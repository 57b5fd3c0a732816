"""Heavy faults against the store: `make faults` runs them and prints what held."""
