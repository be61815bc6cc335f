"""What a server says inside TLS in its own protocol: whether it lets the client in."""

from mtlsgui.tls.application.asking import ASKED, ask
from mtlsgui.tls.application.ports import for_port, for_starttls
from mtlsgui.tls.application.said import Said

__all__ = ["ASKED", "Said", "ask", "for_port", "for_starttls"]
