"""How a figure is printed."""

NAME_WIDTH, FIGURE_WIDTH = 66, 14


def say(name: str, *figures: object) -> None:
    """Print one row."""
    print(f"{name:{NAME_WIDTH}}" + "".join(f"{figure:>{FIGURE_WIDTH}}" for figure in figures), flush=True)
