"""What OpenSSL's verification errors mean that need no words of their own elsewhere.

By X509_V_ERR number (x509_vfy.h); those of modes that are never switched on here (Suite B, DANE,
proxy certificates, strict checking, revocation by OpenSSL) cannot come.
"""

BAD_SIGNATURE = 7

SENSES = {
    4: (
        "has a signature that cannot be read",
        "It is damaged, or was made with another key than its issuer's.",
        "Issue it again, and see that the server loads the file that the CA gave.",
    ),
    6: (
        "has a key that cannot be read",
        "OpenSSL has no use for its public key, so nothing signed with it can be checked.",
        "Issue it again with an ECDSA P-256 key.",
    ),
    BAD_SIGNATURE: (
        "does not carry its issuer's signature",
        "It names its issuer, and the signature is not made with that CA's key: it was changed "
        "after it was issued, or the CA has the same name and another key.",
        "Load the certificate as the CA issued it, and the CA certificate that goes with it.",
    ),
    13: (
        "has a malformed beginning of validity",
        "The date in it is none that the standard allows.",
        "Issue it again with a CA that keeps to the standard (RFC 5280).",
    ),
    14: (
        "has a malformed end of validity",
        "The date in it is none that the standard allows.",
        "Issue it again with a CA that keeps to the standard (RFC 5280).",
    ),
    22: (
        "stands in a chain that is too long",
        "There are more CAs above the server than OpenSSL goes up.",
        "Send a shorter chain; one or two intermediates are usual.",
    ),
    24: (
        "was issued by a CA without a usable key",
        "Its issuer's certificate has no public key that OpenSSL can use.",
        "Issue it again under a CA with an ECDSA or RSA key.",
    ),
    25: (
        "has more CAs below it than it allows",
        "Its path length limits how many intermediates may follow, and there are more.",
        "Issue the server's certificate under a CA higher up, or make this CA anew with a larger "
        "path length.",
    ),
    27: (
        "is not trusted for servers",
        "It is among what is trusted, but not for TLS servers.",
        "Trust it for servers too, or use another CA.",
    ),
    28: (
        "is rejected",
        "The store that it is looked up in marks it as not to be trusted for servers.",
        "Use another CA, or take the mark away where it is wrong.",
    ),
    34: (
        "has a critical extension that nobody knows",
        "Clients must refuse what they do not understand and what is marked critical.",
        "Issue it again without that extension, or with it not marked critical.",
    ),
    41: (
        "has a malformed extension",
        "One of its extensions is malformed, stands there twice, or contradicts another.",
        "Issue it again with a CA that keeps to the standard (RFC 5280).",
    ),
    42: (
        "has malformed policies",
        "What it says of the policies that it was issued by contradicts itself.",
        "Issue it again, and leave the policies out unless somebody asks for them.",
    ),
    43: (
        "was issued by no policy that is asked for",
        "A CA above it demands an explicit policy, and the chain does not have one throughout.",
        "Issue it with the policy of its CAs, or let the CA not demand one.",
    ),
    45: (
        "has an extension that OpenSSL does not support",
        "It is critical, so it may not be passed over.",
        "Issue it again without that extension.",
    ),
    46: (
        "is for addresses that its CA does not have",
        "Its IP resources (RFC 3779) are not among those of the CA above it.",
        "Issue it again without these resources, or under the CA that has them.",
    ),
    47: (
        "has a name that its CA may not certify",
        "The name constraints of a CA above it permit other names only.",
        "Leave that name out, or issue the certificate under a CA that may certify it.",
    ),
    48: (
        "has a name that its CA may not certify",
        "The name constraints of a CA above it exclude one of its names.",
        "Leave that name out, or issue the certificate under a CA that may certify it.",
    ),
    76: (
        "is signed with an unknown algorithm",
        "OpenSSL does not have the algorithm of its signature.",
        "Issue it again under a CA with an ECDSA or RSA key.",
    ),
    77: (
        "is signed with another algorithm than its issuer's key",
        "The kind of its signature does not fit the CA's key.",
        "Load the certificate as the CA issued it, and the CA certificate that goes with it.",
    ),
    78: (
        "contradicts itself about its signature",
        "It names two different algorithms for the one signature.",
        "Issue it again with a CA that keeps to the standard (RFC 5280).",
    ),
    94: (
        "has a key on a curve of its own",
        "It writes the curve out in numbers instead of naming it, which clients refuse.",
        "Make a new key on a named curve, such as P-256, and issue it again.",
    ),
    **dict.fromkeys(
        (49, 51, 52, 53),
        (
            "is below name constraints that nobody can apply",
            "The name constraints of a CA above it, or a name in it, are of a kind or form that "
            "OpenSSL does not take.",
            "Make the CA anew with plain constraints on DNS names and addresses.",
        ),
    ),
}
"""Number: what the certificate does wrong, why that counts, what to do."""

UNNAMED = (
    "does not stand up",
    "OpenSSL's verification found fault with it.",
    "Issue it again by a profile for servers.",
)
"""What is said of any other number."""
