"""The search index of a library: derived from its articles, disposable, made equal to them."""
