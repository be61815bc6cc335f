"""What comes before TLS: a proxy, the PROXY protocol's header, and going over from plain text."""

from mtlsgui.tls.opening.proxies import ProxyUnreadable, parse_proxy

__all__ = ["ProxyUnreadable", "parse_proxy"]
