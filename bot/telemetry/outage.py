"""Something that is tried again and again while it is away: its log has one line for that, and one for the end."""


class Outage:
    """Whether it is away now, by what its tries came to."""

    def __init__(self) -> None:
        """Begin well."""
        self._is_on = False

    def begins(self) -> bool:
        """Note a failure; return whether it is the first."""
        was_on, self._is_on = self._is_on, True
        return not was_on

    def ends(self) -> bool:
        """Note a success; return whether it is the first after a failure."""
        was_on, self._is_on = self._is_on, False
        return was_on
