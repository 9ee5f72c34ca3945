"""Mistakes planted into clean programs: the proof that the lint rules find what they say, and only that."""
