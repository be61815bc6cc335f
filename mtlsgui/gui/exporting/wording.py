"""The forms of an export in words."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from mtlsgui.workspace.exporting import Form, OutputFile


@dataclass(frozen=True)
class FormWords:
    """label: in the list. hint: who needs it."""

    label: str
    hint: str


def form_words() -> dict[Form, FormWords]:
    """Every form, in the order they are offered."""
    tr = QCoreApplication.translate
    return {
        Form.PEM: FormWords(
            tr("Export", "Certificate (PEM)"),
            tr("Export", "The text form that nearly every program reads."),
        ),
        Form.FULL_CHAIN: FormWords(
            tr("Export", "Full chain (PEM)"),
            tr("Export", "The certificate, then its intermediates: what servers want."),
        ),
        Form.CHAIN: FormWords(
            tr("Export", "Chain only (PEM)"),
            tr("Export", "The intermediates without the certificate itself."),
        ),
        Form.DER: FormWords(
            tr("Export", "Certificate (DER)"),
            tr("Export", "The binary form, for Java, Windows and embedded devices."),
        ),
        Form.PKCS7: FormWords(
            tr("Export", "Certificates (PKCS#7, .p7b)"),
            tr("Export", "The certificate and its chain in one file, for Windows and Java."),
        ),
        Form.PKCS12: FormWords(
            tr("Export", "Certificate and private key (PKCS#12, .p12)"),
            tr("Export", "All in one encrypted file, for browsers, systems and Java."),
        ),
        Form.KEY: FormWords(
            tr("Export", "Private key (PEM)"),
            tr("Export", "The key alone, encrypted unless you choose otherwise."),
        ),
        Form.FOLDER: FormWords(
            tr("Export", "Folder for deployment"),
            tr(
                "Export",
                "Certificate, chain, private key and ca.crt: all a server or client needs.",
            ),
        ),
    }


def file_note(file: OutputFile, *, encrypted: bool) -> str:
    """What is in a file, and how large it is."""
    tr = QCoreApplication.translate
    if not file.private:
        what = (
            tr("Export", "Certificates")
            if file.name.endswith("-chain.crt")
            else (
                tr("Export", "The root, for those who shall trust it")
                if file.name == "ca.crt"
                else tr("Export", "Certificate")
            )
        )
    elif encrypted:
        what = tr("Export", "Private key, encrypted")
    else:
        what = tr("Export", "Private key, not encrypted")
    return f"{what} · {_size(len(file.data))}"


def _size(count: int) -> str:
    tr = QCoreApplication.translate
    if count < 1024:
        return tr("Export", "{} bytes").format(count)
    return tr("Export", "{:.1f} KB").format(count / 1024)
