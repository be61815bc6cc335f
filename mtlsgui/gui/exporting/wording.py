"""The forms of an export in words."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from mtlsgui.workspace.exporting import Form, OutputFile

translate = QCoreApplication.translate


@dataclass(frozen=True)
class FormWords:
    """label: in the list. hint: who needs it."""

    label: str
    hint: str


def form_words() -> dict[Form, FormWords]:
    """Every form, in the order they are offered."""
    return {
        Form.PEM: FormWords(
            translate("Export", "Certificate (PEM)"),
            translate("Export", "The text form that nearly every program reads."),
        ),
        Form.FULL_CHAIN: FormWords(
            translate("Export", "Full chain (PEM)"),
            translate("Export", "The certificate, then its intermediates: what servers want."),
        ),
        Form.CHAIN: FormWords(
            translate("Export", "Chain only (PEM)"),
            translate("Export", "The intermediates without the certificate itself."),
        ),
        Form.DER: FormWords(
            translate("Export", "Certificate (DER)"),
            translate("Export", "The binary form, for Java, Windows and embedded devices."),
        ),
        Form.PKCS7: FormWords(
            translate("Export", "Certificates (PKCS#7, .p7b)"),
            translate("Export", "The certificate and its chain in one file, for Windows and Java."),
        ),
        Form.PKCS12: FormWords(
            translate("Export", "Certificate and private key (PKCS#12, .p12)"),
            translate("Export", "All in one encrypted file, for browsers, systems and Java."),
        ),
        Form.JKS: FormWords(
            translate("Export", "Certificate and private key (Java keystore, .jks)"),
            translate("Export", "For Java 8 and older; newer ones read PKCS#12 as well."),
        ),
        Form.KUBERNETES: FormWords(
            translate("Export", "Kubernetes Secret (.yaml)"),
            translate(
                "Export", "Certificate, chain and private key, unencrypted, to apply to a cluster."
            ),
        ),
        Form.HAPROXY: FormWords(
            translate("Export", "HAProxy bundle (.pem)"),
            translate("Export", "Certificate, chain and private key, unencrypted, in one file."),
        ),
        Form.KEY: FormWords(
            translate("Export", "Private key (PEM)"),
            translate("Export", "The key alone, encrypted unless you choose otherwise."),
        ),
        Form.FOLDER: FormWords(
            translate("Export", "Folder for deployment"),
            translate(
                "Export",
                "Certificate, chain, private key and ca.crt: all a server or client needs.",
            ),
        ),
    }


def file_note(file: OutputFile, *, encrypted: bool) -> str:
    """What is in a file, and how large it is."""
    if not file.private:
        what = (
            translate("Export", "Certificates")
            if file.name.endswith("-chain.crt")
            else (
                translate("Export", "The root, for those who shall trust it")
                if file.name == "ca.crt"
                else translate("Export", "Certificate")
            )
        )
    elif encrypted:
        what = translate("Export", "Private key, encrypted")
    else:
        what = translate("Export", "Private key, not encrypted")
    return f"{what} · {_size(len(file.data))}"


def _size(count: int) -> str:
    if count < 1024:
        return translate("Export", "{} bytes").format(count)
    return translate("Export", "{:.1f} KB").format(count / 1024)
