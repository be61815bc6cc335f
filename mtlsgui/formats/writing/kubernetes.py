"""A Kubernetes Secret of type kubernetes.io/tls, as YAML."""

import base64
import re

_LONGEST_NAME = 253
_UNFIT = re.compile(r"[^a-z0-9.-]+")
_UNFIT_DOTS = re.compile(r"-*\.[-.]*")


def tls_secret(name: str, certificates: bytes, key: bytes, authority: bytes = b"") -> bytes:
    """The manifest.

    name: made into an object's name by `secret_name`.
    certificates: PEM, leaf first. key: PEM, not encrypted. authority: PEM; for "ca.crt".
    """
    values = {"tls.crt": certificates, "tls.key": key}
    if authority:
        values["ca.crt"] = authority
    lines = ["apiVersion: v1", "kind: Secret", "metadata:", f'  name: "{secret_name(name)}"']
    lines += ["type: kubernetes.io/tls", "data:"]
    lines += [f"  {name}: {base64.b64encode(value).decode()}" for name, value in values.items()]
    return ("\n".join(lines) + "\n").encode()


def secret_name(name: str) -> str:
    """A name as Kubernetes allows them: a DNS subdomain (RFC 1123, section 2.1)."""
    lower = _UNFIT.sub("-", name.lower().replace("*", "wildcard"))
    fit = _UNFIT_DOTS.sub(".", lower).strip("-.")[:_LONGEST_NAME].strip("-.")
    return fit or "tls"
