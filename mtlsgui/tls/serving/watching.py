"""Watching a client: a server in between that shows how it gets on with the real one."""

import socket
from collections.abc import Callable
from datetime import datetime, timedelta

from mtlsgui.tls.handshake import Handshake
from mtlsgui.tls.serving.between import Between
from mtlsgui.tls.serving.handshake import Material
from mtlsgui.tls.serving.passing import Passing
from mtlsgui.tls.serving.server import Listener
from mtlsgui.tls.serving.settings import Settings, WatchSettings
from mtlsgui.tls.serving.visit import Visit
from mtlsgui.tls.trust_store import TrustStore

_STORE_LIVES = timedelta(minutes=10)


class Watcher(Listener):
    """Passes connections on to the real server of its settings.

    With an identity there are two TLS connections, and both handshakes are seen in full: a visit's
    `steps` are the client's and ours, its `upstream` is ours and the real server's. Without one,
    bytes pass unchanged, and a visit shows what is in the clear. What is said inside is neither
    kept nor shown in either case. A visit that stands is told of once, and again when it ends.

    on_visit: is called in the watcher's own thread. clock: what time certificates are judged by.
    Raises IdentityUnusable where one of the identities cannot be presented.
    """

    def __init__(
        self,
        settings: WatchSettings,
        on_visit: Callable[[Visit], None],
        clock: Callable[[], datetime],
    ) -> None:
        bounds = settings.bounds
        super().__init__(
            settings.host, settings.port, bounds.connections, on_visit, wide=settings.wide
        )
        self._settings, self._clock = settings, clock
        self._material: Material | None = None
        self._store: TrustStore | None = None
        self._store_made = clock()
        if settings.identity is not None:
            self._material = Material(Settings(settings.identity, (), bounds=bounds))
            self._store = TrustStore(settings.question.trust, self._store_made)
            Handshake(settings.question, self._store_made, lambda: 0.0, self._store)

    async def attend(self, connection: socket.socket, peer: str, number: int) -> None:
        now = self._clock()
        visit: Between | Passing
        if self._material is None:
            visit = Passing(self._settings, connection, peer=peer, number=number, now=now)
        else:
            visit = Between(
                self._material,
                self._settings,
                self._fresh_store(now),
                connection,
                peer=peer,
                number=number,
                now=now,
            )
        await visit.run(self.note)

    def _fresh_store(self, now: datetime) -> TrustStore:
        """A store judges by the time that it was made at, and takes long to make."""
        if self._store is None or now - self._store_made > _STORE_LIVES:
            self._store, self._store_made = TrustStore(self._settings.question.trust, now), now
        return self._store
