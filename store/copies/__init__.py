"""Copies of a library and of its articles: backups, and the trash."""
