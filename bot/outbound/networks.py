"""Which network addresses the service may connect to: an explicit table, and the operator's exemptions.

`ipaddress.is_private` and `is_global` are not used: Python 3.11 calls 64:ff9b::/96, 2002::/16 and multicast
global, and 100.64.0.0/10 not private. What decides is the address that is really connected to, never its
spelling.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from bot.domain.errors import ConfigurationError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

FORBIDDEN: tuple[tuple[Network, str], ...] = tuple(
    (ip_network(network), name)
    for network, name in (
        ("0.0.0.0/8", "this host"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a carrier's or cloud's inner network"),
        ("127.0.0.0/8", "this machine"),
        ("168.63.129.16/32", "Azure's inner services"),
        ("169.254.0.0/16", "link-local, where clouds keep their metadata"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "reserved for protocols and cloud metadata"),
        ("192.0.2.0/24", "reserved for examples"),
        ("192.31.196.0/24", "an anycast sink"),
        ("192.52.193.0/24", "an anycast relay"),
        ("192.88.99.0/24", "the 6to4 relay"),
        ("192.168.0.0/16", "a private network"),
        ("192.175.48.0/24", "an anycast sink"),
        ("198.18.0.0/15", "reserved for benchmarks"),
        ("198.51.100.0/24", "reserved for examples"),
        ("203.0.113.0/24", "reserved for examples"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved, and broadcast"),
        # Of IPv6 only 2000::/3 is handed out. The three lines below are all the rest: ::1, IPv4 in disguise
        # (::ffff:0:0/96, ::a.b.c.d, 64:ff9b::/96), unique local, link-local, site-local, multicast.
        ("::/3", "not public: this machine, or IPv4 in disguise"),
        ("4000::/2", "not handed out"),
        ("8000::/1", "private, link-local or multicast"),
        ("2001::/23", "reserved for protocols, among them Teredo's IPv4 in disguise"),
        ("2001:db8::/32", "reserved for examples"),
        ("2002::/16", "IPv4 in disguise (6to4)"),
        ("2620:4f:8000::/48", "an anycast sink"),
        ("3fff::/20", "reserved for examples"),
    )
)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What an operator exempts from the table: whole networks, single addresses and names with a port."""

    networks: tuple[Network, ...] = ()
    addresses: tuple[tuple[Address, int], ...] = ()
    names: tuple[tuple[str, int], ...] = ()

    def covers(self, *, name: str, address: Address, port: int) -> bool:
        """Return whether connecting to `address` as `name` on `port` is exempt."""
        return (
            (name.lower().rstrip("."), port) in self.names
            or (address, port) in self.addresses
            or any(address in network for network in self.networks)
        )


def parse_allowance(entries: tuple[str, ...]) -> Allowance:
    """Read `FOYER_OUTBOUND_ALLOW`: each entry is a CIDR network, `host:port`, `1.2.3.4:port` or `[::1]:port`.

    Raises:
        ConfigurationError: an entry is neither.
    """
    networks: list[Network] = []
    addresses: list[tuple[Address, int]] = []
    names: list[tuple[str, int]] = []
    for entry in (entry.strip() for entry in entries):
        if not entry:
            continue
        if (network := _find_network(entry)) is not None:
            networks.append(network)
            continue
        host, port = _split_host_port(entry)
        if (address := find_address(host)) is not None:
            addresses.append((address, port))
        else:
            names.append((host.lower().rstrip("."), port))
    return Allowance(networks=tuple(networks), addresses=tuple(addresses), names=tuple(names))


def find_address(text: str) -> Address | None:
    """Return the address that `text` spells in full, or None for a name or a shorthand."""
    try:
        return ip_address(text)
    except ValueError:
        return None


def find_reason_against(address: Address) -> str | None:
    """Return why the table forbids `address`, or None when it is an ordinary public one."""
    return next((reason for network, reason in FORBIDDEN if address in network), None)


def _find_network(entry: str) -> Network | None:
    if "/" not in entry:
        return None
    try:
        return ip_network(entry, strict=False)
    except ValueError:
        return None


def _split_host_port(entry: str) -> tuple[str, int]:
    host, colon, port = entry.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not (colon and host and port.isascii() and port.isdigit() and 0 < int(port) < 65536) or "/" in host:
        raise ConfigurationError(
            f"FOYER_OUTBOUND_ALLOW: {entry!r} is neither a network like 10.0.0.0/8 nor host:port like "
            "crm.intranet:443; write one of the two, separated by commas."
        )
    return host, int(port)
