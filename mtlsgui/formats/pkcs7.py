"""PKCS#7 and CMS signed-data: the certificates and CRLs that it carries (RFC 5652, section 5.1)."""

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import CertificateItem, CrlItem, OtherItem
from mtlsgui.formats.limits import check_certificate_size
from mtlsgui.pki import der
from mtlsgui.pki.facts import read_certificate, read_crl

_SIGNED_DATA = "1.2.840.113549.1.7.2"
_NAMES = {
    "1.2.840.113549.1.7.1": "PKCS#7 data",
    "1.2.840.113549.1.7.3": "PKCS#7 enveloped (encrypted) data",
    "1.2.840.113549.1.7.5": "PKCS#7 digested data",
    "1.2.840.113549.1.7.6": "PKCS#7 encrypted data",
}
_CERTIFICATES = 0xA0
_CRLS = 0xA1


def read_pkcs7(node: der.Node, context: Context) -> None:
    """All certificates and CRLs of a ContentInfo; each malformed one is an error by itself."""
    kind, content = node.children()[:2]
    if kind.oid() != _SIGNED_DATA:
        context.add(OtherItem(_NAMES.get(kind.oid(), "CMS message"), container="pkcs7"))
        return
    found = 0
    for part in content.children()[0].children():
        if part.tag not in (_CERTIFICATES, _CRLS):
            continue
        for number, value in enumerate(part.children(), 1):
            if value.tag != der.SEQUENCE:
                continue  # attribute certificates and other choices
            found += 1
            if part.tag == _CERTIFICATES:
                with context.part(f"certificate {number} in the PKCS#7"):
                    check_certificate_size(value, context.limits)
                    facts = read_certificate(value.encoded)
                    context.add(CertificateItem(facts, container="pkcs7"))
            else:
                with context.part(f"CRL {number} in the PKCS#7"):
                    context.add(CrlItem(read_crl(value.encoded), container="pkcs7"))
    if not found:
        context.add(OtherItem("PKCS#7 without certificates", container="pkcs7"))
