"""Benchmarks: what Foyer's parts give and cost, on data that lies outside the repository."""
