"""The wizards: a new authority, a new certificate, a request, and signing a request."""

from mtlsgui.gui.wizards.authority import AuthorityWizard, new_authority
from mtlsgui.gui.wizards.certificate import CertificateWizard, IssuedWizard, new_certificate
from mtlsgui.gui.wizards.request import RequestWizard, new_request
from mtlsgui.gui.wizards.signing import SignRequestWizard, sign_request

__all__ = [
    "AuthorityWizard",
    "CertificateWizard",
    "IssuedWizard",
    "RequestWizard",
    "SignRequestWizard",
    "new_authority",
    "new_certificate",
    "new_request",
    "sign_request",
]
