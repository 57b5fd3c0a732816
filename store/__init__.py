"""What we keep: libraries of annotated articles on disk, one TinyDB file an article."""
