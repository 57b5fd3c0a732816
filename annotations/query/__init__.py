"""The query language: what people type, the tree that it means, where a text has it.  Pure."""
