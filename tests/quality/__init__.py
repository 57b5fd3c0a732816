"""How well search finds: measured on sentences with known lemmas, and on surnames in all cases."""
