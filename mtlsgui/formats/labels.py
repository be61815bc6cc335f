"""What formats are called for people."""

_LABELS = {
    "apk": "Android package",
    "base64": "base64",
    "bcfks": "BCFKS keystore",
    "bks": "BKS keystore",
    "cms": "CMS",
    "certdata": "Mozilla's list of roots",
    "crl": "DER",
    "der": "DER",
    "dsa": "OpenSSL's DSA format",
    "folder": "folder",
    "gzip": "gzip",
    "jar": "JAR",
    "jceks": "JCEKS keystore",
    "jks": "Java keystore (JKS)",
    "json": "JSON",
    "jwk": "JWK",
    "kubeconfig": "kubeconfig",
    "kubernetes": "Kubernetes",
    "ldif": "LDIF",
    "mail": "S/MIME mail",
    "mobileconfig": "Apple configuration profile",
    "msblob": "Microsoft key blob",
    "openssh": "OpenSSH",
    "pem": "PEM",
    "pkcs1": "PKCS#1",
    "pkcs7": "PKCS#7",
    "pkcs8": "PKCS#8",
    "pkcs12": "PKCS#12",
    "pkipath": "PKI path",
    "plist": "property list",
    "ppk": "PuTTY",
    "pvk": "Microsoft PVK",
    "sec1": "SEC 1",
    "spkac": "SPKAC",
    "sst": "Microsoft certificate store (SST)",
    "tar": "tar archive",
    "uber": "UBER keystore",
    "yaml": "YAML",
    "zip": "ZIP",
}


def label(name: str) -> str:
    """The name of a format, or of an item's container, for people."""
    return _LABELS.get(name, name)
