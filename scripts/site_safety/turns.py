"""How many pieces of heavy work run at once, and how many may wait for their turn."""

import asyncio
from types import TracebackType


class Turns:
    """Lets a few run at a time (`async with turns`); whoever looks first at `is_full` keeps the queue short."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self.most = at_once + waiting
        self.running = asyncio.Semaphore(at_once)
        self.asked = 0

    @property
    def is_full(self) -> bool:
        """Whether as many run and wait as may."""
        return self.asked >= self.most

    async def __aenter__(self) -> None:
        """Wait for a turn."""
        self.asked += 1
        try:
            await self.running.acquire()
        except asyncio.CancelledError:
            self.asked -= 1
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Give the turn to the next."""
        self.asked -= 1
        self.running.release()
