"""Widgets drawn line by line; they show what they are given and say what is asked for."""
