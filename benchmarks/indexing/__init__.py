"""Index runs and what they make: speed, memory, lag, and how long an answer takes as knowledge grows."""
