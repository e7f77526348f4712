"""Roadmaps, working groups, conferences, organisations, reference lists of a territory."""
