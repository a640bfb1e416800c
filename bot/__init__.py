"""Foyer's service: what happens when people talk to a website's documentation."""
