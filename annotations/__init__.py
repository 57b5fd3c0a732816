"""What a news text says: spans, figures, entities, names.  No files, no clock, no screen."""
