"""How much work one client, and all together, may ask for: token buckets.

An address is kept only as a hash, salted anew at each start, in memory, for the last few thousand clients. What the
cache holds costs nothing; a page that must be made costs one token, SQL one of its own.
"""

import hashlib
import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

MAX_CLIENTS = 5000
Clock = Callable[[], float]


@dataclass(frozen=True)
class Rate:
    """Tokens a second, and how many may be saved up."""

    per_second: float
    burst: float


@dataclass
class Bucket:
    """The tokens that were left at a time."""

    tokens: float
    at: float

    def refill(self, rate: Rate, now: float) -> None:
        """Add what came in since the last time."""
        self.tokens = min(rate.burst, self.tokens + (now - self.at) * rate.per_second)
        self.at = now


def network(address: str) -> str:
    """The address; of an IPv6 one the /64, which one client has to itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(found) if not isinstance(found, IPv6Address) else found.exploded[:19]


class Limiter:
    """Two rates for one kind of work: `one` for a client, `everyone` for all."""

    def __init__(self, one: Rate, everyone: Rate, clock: Clock = time.monotonic) -> None:
        self.one, self.everyone, self.clock = one, everyone, clock
        self.salt = secrets.token_bytes(16)
        self.clients: OrderedDict[bytes, Bucket] = OrderedDict()
        self.total = Bucket(everyone.burst, clock())

    def bucket(self, address: str, now: float) -> Bucket:
        """The client's bucket, made where it is new; the one unused for longest is forgotten."""
        key = hashlib.blake2b(network(address).encode(), key=self.salt, digest_size=8).digest()
        found = self.clients.setdefault(key, Bucket(self.one.burst, now))
        self.clients.move_to_end(key)
        if len(self.clients) > MAX_CLIENTS:
            self.clients.popitem(last=False)
        return found

    def wait(self, address: str) -> int:
        """Take a token for a client: 0 where it may go on, else after how many seconds it may ask again."""
        now = self.clock()
        own = self.bucket(address, now)
        for bucket, rate in ((own, self.one), (self.total, self.everyone)):
            bucket.refill(rate, now)
            if bucket.tokens < 1:
                return math.ceil((1 - bucket.tokens) / rate.per_second)
        own.tokens -= 1
        self.total.tokens -= 1
        return 0
