"""The commands of `foyer`. Each wires what it needs through `bot.assemble` and prints for people or as JSON."""
