"""What a terminal sends for Alt+b.

Textual 8.2.8 takes ESC b for Ctrl+← (iTerm's keys for natural text editing), so Alt+b never
arrives from a terminal without the kitty keyboard protocol.  Text fields know Alt+b and Alt+f as
the keys that go by words, so nothing is lost there.
"""

from textual import _ansi_sequences

ALT_B = "\x1bb"


def tell_alt_b() -> None:
    """From now on ESC b is Alt+b."""
    table = _ansi_sequences.ANSI_SEQUENCES_KEYS
    if isinstance(table, dict):
        table.pop(ALT_B, None)
