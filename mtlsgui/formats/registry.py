"""The formats that are recognised, in the order that they are tried.

A format is added by a module of its own with two functions and a line here. Recognising looks at
the content only, never at a file's name, and must be cheap: it runs on every file.
"""

from collections.abc import Callable
from dataclasses import dataclass

from mtlsgui.formats import asn1_file, base64_file, der_file, hex_file, pem_file
from mtlsgui.formats.context import Context
from mtlsgui.formats.documents import (
    archive,
    certdata,
    json_file,
    ldif,
    mail,
    mobileconfig,
    sst,
    yaml_file,
)
from mtlsgui.formats.keys import jwk, microsoft_blobs, putty, ssh_public
from mtlsgui.formats.messages import spkac
from mtlsgui.formats.stores import bcfks, bks, jks


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    recognise: could the bytes be it?
    read: puts what is in them into the context; gives the format's name as CLI.md lists them.
    alone: only a whole file is taken for it, never something inside another file.
    """

    recognise: Callable[[bytes], bool]
    read: Callable[[bytes, Context], str]
    alone: bool = False


# Those that hold others first: PEM within them is theirs to find, and to say where it stands.
FORMATS = (
    Format(archive.recognise, archive.read_archive),
    Format(jks.recognise, jks.read_jks),
    Format(bks.recognise, bks.read_bks),
    Format(bcfks.recognise, bcfks.read_bcfks),
    Format(putty.recognise, putty.read_ppk),
    Format(microsoft_blobs.recognise_pvk, microsoft_blobs.read_pvk),
    Format(microsoft_blobs.recognise_blob, microsoft_blobs.read_blob),
    Format(sst.recognise, sst.read_sst),
    Format(mobileconfig.recognise, mobileconfig.read_mobileconfig),
    Format(mail.recognise, mail.read_mail),
    Format(json_file.recognise, json_file.read_json),
    Format(jwk.recognise, jwk.read_jwk),
    Format(ldif.recognise, ldif.read_ldif),
    Format(yaml_file.recognise, yaml_file.read_yaml),
    Format(certdata.recognise, certdata.read_certdata),
    Format(spkac.recognise, spkac.read_spkac_file),
    Format(pem_file.recognise, pem_file.read_pem),
    Format(hex_file.recognise, hex_file.read_hex),
    Format(der_file.recognise, der_file.read_der),
    Format(ssh_public.recognise_public, ssh_public.read_public),
    Format(base64_file.recognise, base64_file.read_base64),
    Format(asn1_file.recognise, asn1_file.read_asn1, alone=True),
)
