"""The pure heart: conversation, facts, playbook, dialogue, scoring, answers. No clock, no I/O, no framework."""
