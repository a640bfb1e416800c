"""The line under attack: each module attacks a real server from outside and measures what others notice."""
