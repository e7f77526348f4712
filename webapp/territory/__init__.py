"""Roadmaps, working groups, reference lists and row locks of a territory."""
