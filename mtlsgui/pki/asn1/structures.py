"""What the parts of well-known structures are called.

Only as much of each structure as it takes to find one's way; the names are those of the RFCs:
5280 (certificates, CRLs), 2986 (requests), 8018 (encrypted keys), 5652 (CMS), 7292 (PKCS#12), 6960
(OCSP), 5755 (attribute certificates).
"""

from collections.abc import Mapping

from mtlsgui.pki.asn1.schemas import Of, Part, Schema

INTEGER, BITS, OCTETS, OID, ENUM, BOOL = 0x02, 0x03, 0x04, 0x06, 0x0A, 0x01
SEQ, SET = 0x30, 0x31
TIME = (0x17, 0x18)


def _optional(
    label: str, tag: int | tuple[int, ...] | None = None, schema: Schema | None = None
) -> Part:
    return Part(label, tag, schema, optional=True)


def _wrapping(inner: Part) -> tuple[Part, ...]:
    """What an EXPLICIT tag, or a string that holds a value, has inside."""
    return (inner,)


_VERSION = _optional("version", 0xA0, _wrapping(Part("Version", INTEGER)))
_ALGORITHM = (Part("algorithm", OID), _optional("parameters"))
_ATTRIBUTE_VALUE = Part("AttributeTypeAndValue", SEQ, (Part("type", OID), Part("value")))
_NAME = Of(Part("RelativeDistinguishedName", SET, Of(_ATTRIBUTE_VALUE)))
_ATTRIBUTE = Part("Attribute", SEQ, (Part("type", OID), Part("values", SET)))
_VALIDITY = (Part("notBefore", TIME), Part("notAfter", TIME))
_SPKI = (Part("algorithm", SEQ, _ALGORITHM), Part("subjectPublicKey", BITS))

_EXTENSION_VALUES = {
    "2.5.29.19": _wrapping(
        Part("BasicConstraints", SEQ, (_optional("cA", BOOL), _optional("pathLenConstraint")))
    ),
    "2.5.29.15": _wrapping(Part("KeyUsage", BITS)),
    "2.5.29.14": _wrapping(Part("SubjectKeyIdentifier", OCTETS)),
    "2.5.29.35": _wrapping(
        Part(
            "AuthorityKeyIdentifier",
            SEQ,
            (
                _optional("keyIdentifier", 0x80),
                _optional("authorityCertIssuer", 0xA1),
                _optional("authorityCertSerialNumber", 0x82),
            ),
        )
    ),
    "2.5.29.17": _wrapping(Part("SubjectAltName", SEQ, Of(Part("GeneralName")))),
    "2.5.29.37": _wrapping(Part("ExtKeyUsageSyntax", SEQ, Of(Part("KeyPurposeId", OID)))),
    "2.5.29.31": _wrapping(Part("CRLDistributionPoints", SEQ, Of(Part("DistributionPoint", SEQ)))),
    "2.5.29.32": _wrapping(Part("CertificatePolicies", SEQ, Of(Part("PolicyInformation", SEQ)))),
    "1.3.6.1.5.5.7.1.1": _wrapping(
        Part(
            "AuthorityInfoAccessSyntax",
            SEQ,
            Of(
                Part(
                    "AccessDescription",
                    SEQ,
                    (Part("accessMethod", OID), Part("accessLocation")),
                )
            ),
        )
    ),
}
_EXTENSION = Part(
    "Extension",
    SEQ,
    (
        Part("extnID", OID),
        _optional("critical", BOOL),
        Part(
            "extnValue",
            OCTETS,
            by_oid={
                oid: Part("extnValue", OCTETS, held) for oid, held in _EXTENSION_VALUES.items()
            },
        ),
    ),
)
_EXTENSIONS = _wrapping(Part("Extensions", SEQ, Of(_EXTENSION)))
_SIGNED = (Part("signatureAlgorithm", SEQ, _ALGORITHM), Part("signatureValue", BITS))

_CERTIFICATE = Part(
    "Certificate",
    SEQ,
    (
        Part(
            "tbsCertificate",
            SEQ,
            (
                _VERSION,
                Part("serialNumber", INTEGER),
                Part("signature", SEQ, _ALGORITHM),
                Part("issuer", SEQ, _NAME),
                Part("validity", SEQ, _VALIDITY),
                Part("subject", SEQ, _NAME),
                Part("subjectPublicKeyInfo", SEQ, _SPKI),
                _optional("issuerUniqueID", (0x81, 0xA1)),
                _optional("subjectUniqueID", (0x82, 0xA2)),
                _optional("extensions", 0xA3, _EXTENSIONS),
            ),
        ),
        *_SIGNED,
    ),
)
_REQUEST = Part(
    "CertificationRequest",
    SEQ,
    (
        Part(
            "certificationRequestInfo",
            SEQ,
            (
                Part("version", INTEGER),
                Part("subject", SEQ, _NAME),
                Part("subjectPKInfo", SEQ, _SPKI),
                _optional("attributes", 0xA0, Of(_ATTRIBUTE)),
            ),
        ),
        *_SIGNED,
    ),
)
_REVOKED = Part(
    "RevokedCertificate",
    SEQ,
    (
        Part("userCertificate", INTEGER),
        Part("revocationDate", TIME),
        _optional("crlEntryExtensions", SEQ, Of(_EXTENSION)),
    ),
)
_CRL = Part(
    "CertificateList",
    SEQ,
    (
        Part(
            "tbsCertList",
            SEQ,
            (
                _optional("version", INTEGER),
                Part("signature", SEQ, _ALGORITHM),
                Part("issuer", SEQ, _NAME),
                Part("thisUpdate", TIME),
                _optional("nextUpdate", TIME),
                _optional("revokedCertificates", SEQ, Of(_REVOKED)),
                _optional("crlExtensions", 0xA0, _EXTENSIONS),
            ),
        ),
        *_SIGNED,
    ),
)
_SIGNER = Part(
    "SignerInfo",
    SEQ,
    (
        Part("version", INTEGER),
        Part("sid", (SEQ, 0x80)),
        Part("digestAlgorithm", SEQ, _ALGORITHM),
        _optional("signedAttrs", 0xA0, Of(_ATTRIBUTE)),
        Part("signatureAlgorithm", SEQ, _ALGORITHM),
        Part("signature", OCTETS),
        _optional("unsignedAttrs", 0xA1, Of(_ATTRIBUTE)),
    ),
)
_ENCRYPTED_CONTENT = Part(
    "encryptedContentInfo",
    SEQ,
    (
        Part("contentType", OID),
        Part("contentEncryptionAlgorithm", SEQ, _ALGORITHM),
        _optional("encryptedContent", (0x80, 0xA0)),
    ),
)
_CONTENTS = {
    "1.2.840.113549.1.7.2": Part(
        "SignedData",
        SEQ,
        (
            Part("version", INTEGER),
            Part("digestAlgorithms", SET, Of(Part("DigestAlgorithm", SEQ, _ALGORITHM))),
            Part("encapContentInfo", SEQ, (Part("eContentType", OID), _optional("eContent", 0xA0))),
            _optional("certificates", 0xA0, Of(_CERTIFICATE)),
            _optional("crls", 0xA1, Of(_CRL)),
            Part("signerInfos", SET, Of(_SIGNER)),
        ),
    ),
    "1.2.840.113549.1.7.3": Part(
        "EnvelopedData",
        SEQ,
        (
            Part("version", INTEGER),
            _optional("originatorInfo", 0xA0),
            Part("recipientInfos", SET, Of(Part("RecipientInfo"))),
            _ENCRYPTED_CONTENT,
            _optional("unprotectedAttrs", 0xA1),
        ),
    ),
    "1.2.840.113549.1.7.6": Part(
        "EncryptedData", SEQ, (Part("version", INTEGER), _ENCRYPTED_CONTENT)
    ),
    "1.2.840.113549.1.7.1": Part("Data", OCTETS),
}
_CONTENT_PARTS = (
    Part("contentType", OID),
    Part(
        "content",
        0xA0,
        optional=True,
        by_oid={oid: Part("content", 0xA0, (inner,)) for oid, inner in _CONTENTS.items()},
    ),
)
_CONTENT_INFO = Part("ContentInfo", SEQ, _CONTENT_PARTS)
_PFX = Part(
    "PFX",
    SEQ,
    (
        Part("version", INTEGER),
        Part("authSafe", SEQ, _CONTENT_PARTS),
        _optional(
            "macData",
            SEQ,
            (
                Part(
                    "mac",
                    SEQ,
                    (Part("digestAlgorithm", SEQ, _ALGORITHM), Part("digest", OCTETS)),
                ),
                Part("macSalt", OCTETS),
                _optional("iterations", INTEGER),
            ),
        ),
    ),
)
_ENCRYPTED_KEY = Part(
    "EncryptedPrivateKeyInfo",
    SEQ,
    (Part("encryptionAlgorithm", SEQ, _ALGORITHM), Part("encryptedData", OCTETS)),
)
_PUBLIC_KEY = Part("SubjectPublicKeyInfo", SEQ, _SPKI)
_CERT_ID = Part(
    "certID",
    SEQ,
    (
        Part("hashAlgorithm", SEQ, _ALGORITHM),
        Part("issuerNameHash", OCTETS),
        Part("issuerKeyHash", OCTETS),
        Part("serialNumber", INTEGER),
    ),
)
_OCSP_REQUEST = Part(
    "OCSPRequest",
    SEQ,
    (
        Part(
            "tbsRequest",
            SEQ,
            (
                _VERSION,
                _optional("requestorName", 0xA1),
                Part(
                    "requestList",
                    SEQ,
                    Of(
                        Part(
                            "Request",
                            SEQ,
                            (_CERT_ID, _optional("singleRequestExtensions", 0xA0, _EXTENSIONS)),
                        )
                    ),
                ),
                _optional("requestExtensions", 0xA2, _EXTENSIONS),
            ),
        ),
        _optional("optionalSignature", 0xA0),
    ),
)
_SINGLE_RESPONSE = Part(
    "SingleResponse",
    SEQ,
    (
        _CERT_ID,
        Part("certStatus", (0x80, 0xA1, 0x82)),
        Part("thisUpdate", TIME),
        _optional("nextUpdate", 0xA0),
        _optional("singleExtensions", 0xA1, _EXTENSIONS),
    ),
)
_BASIC_RESPONSE = Part(
    "BasicOCSPResponse",
    SEQ,
    (
        Part(
            "tbsResponseData",
            SEQ,
            (
                _VERSION,
                Part("responderID", (0xA1, 0xA2)),
                Part("producedAt", TIME),
                Part("responses", SEQ, Of(_SINGLE_RESPONSE)),
                _optional("responseExtensions", 0xA1, _EXTENSIONS),
            ),
        ),
        *_SIGNED,
        _optional("certs", 0xA0, _wrapping(Part("certificates", SEQ, Of(_CERTIFICATE)))),
    ),
)
_OCSP_RESPONSE = Part(
    "OCSPResponse",
    SEQ,
    (
        Part("responseStatus", ENUM),
        _optional(
            "responseBytes",
            0xA0,
            _wrapping(
                Part(
                    "ResponseBytes",
                    SEQ,
                    (
                        Part("responseType", OID),
                        Part("response", OCTETS, _wrapping(_BASIC_RESPONSE)),
                    ),
                )
            ),
        ),
    ),
)
_ATTRIBUTE_CERTIFICATE = Part(
    "AttributeCertificate",
    SEQ,
    (
        Part(
            "acinfo",
            SEQ,
            (
                Part("version", INTEGER),
                Part("holder", SEQ),
                Part("issuer", (0xA0, SEQ)),
                Part("signature", SEQ, _ALGORITHM),
                Part("serialNumber", INTEGER),
                Part("attrCertValidityPeriod", SEQ),
                Part("attributes", SEQ, Of(_ATTRIBUTE)),
                _optional("issuerUniqueID", BITS),
                _optional("extensions", SEQ, Of(_EXTENSION)),
            ),
        ),
        *_SIGNED,
    ),
)

ROOTS: Mapping[str, Part] = {
    part.label: part
    for part in (
        _CERTIFICATE,
        _REQUEST,
        _CRL,
        _ATTRIBUTE_CERTIFICATE,
        _PFX,
        _CONTENT_INFO,
        _OCSP_RESPONSE,
        _OCSP_REQUEST,
        _PUBLIC_KEY,
        _ENCRYPTED_KEY,
    )
}
"""By name, in the order in which they are tried: the ones that say more of themselves first."""
