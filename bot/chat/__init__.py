"""What happens when people talk: one turn, understanding, composing, keeping. Start at `turn`."""
