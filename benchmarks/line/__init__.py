"""The line under load: turns over the real socket beside the bare parts, sockets, storms and growth."""
