"""What a certificate is for, in one word."""

from enum import StrEnum

from mtlsgui.pki.facts.records import CertificateFacts


class CertificateKind(StrEnum):
    """What a certificate is for, in one word."""

    ROOT_CA = "root_ca"
    CA = "ca"
    SERVER = "server"
    CLIENT = "client"
    PEER = "peer"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_KIND_LABELS = {
    CertificateKind.ROOT_CA: "Root CA",
    CertificateKind.CA: "CA",
    CertificateKind.SERVER: "Server",
    CertificateKind.CLIENT: "Client",
    CertificateKind.PEER: "Peer",
    CertificateKind.OTHER: "Other",
}


def kind_of(facts: CertificateFacts) -> CertificateKind:
    """What the certificate is for.

    A CA is what its basic constraints say; a self-signed one is a root. Of the others, the
    extended key usage decides. Where that is absent or "any", RFC 5280 allows every use, so the
    names decide: a host name or an address is a server's, an email address a client's, a URI
    (SPIFFE) a peer's; failing a SAN, the common name is looked at in the same way.
    """
    if facts.is_ca:
        return CertificateKind.ROOT_CA if facts.self_signed else CertificateKind.CA
    usages = facts.extended_key_usage
    if usages is None:
        return CertificateKind.OTHER
    server, client = "serverAuth" in usages, "clientAuth" in usages
    if server and client:
        return CertificateKind.PEER
    if server:
        return CertificateKind.SERVER
    if client:
        return CertificateKind.CLIENT
    if usages and "anyExtendedKeyUsage" not in usages:
        return CertificateKind.OTHER
    return _kind_by_names(facts)


def _kind_by_names(facts: CertificateFacts) -> CertificateKind:
    if facts.key_usage and not _TLS_KEY_USAGES.intersection(facts.key_usage):
        return CertificateKind.OTHER
    prefixes = {name.partition(":")[0] for name in facts.san or ()}
    if prefixes & {"dns", "ip"}:
        return CertificateKind.SERVER
    if "uri" in prefixes:
        return CertificateKind.PEER
    if "email" in prefixes:
        return CertificateKind.CLIENT
    name = facts.common_name or ""
    if "@" in name:
        return CertificateKind.CLIENT
    if "." in name and " " not in name:
        return CertificateKind.SERVER
    return CertificateKind.OTHER


_TLS_KEY_USAGES = frozenset(("digitalSignature", "keyEncipherment", "keyAgreement"))
