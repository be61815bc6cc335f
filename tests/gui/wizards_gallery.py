"""Every page of every wizard as a picture, to look at.

`python -m tests.gui.wizards_gallery FOLDER [light|dark] [SCALE] [SCENE…]`; all scenes without one.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.drop import Offered
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import SchemePreference, Theme
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.wizard.frame import WizardDialog
from mtlsgui.gui.wizards import (
    AuthorityWizard,
    CertificateWizard,
    new_authority,
    new_certificate,
    new_request,
    sign_request,
)
from mtlsgui.gui.wizards.plans import Side
from mtlsgui.gui.wizards.save_profile import SaveProfileDialog
from mtlsgui.pki.names import Subject
from mtlsgui.workspace import authorities
from mtlsgui.workspace.drafts import AuthorityDraft
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import Clock
from tests.gui.keeping.support import LocalVaults

NAMES = "api.payments.internal bücher.internal 10.0.12.7"


def request_der() -> bytes:
    """A request that asks for more than it gets."""
    key = ec.generate_private_key(ec.SECP256R1())
    usage = x509.KeyUsage(True, False, True, False, False, True, False, False, False)
    return (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shop.internal")]))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("shop.internal"), x509.RFC822Name("shop@example.org")]
            ),
            False,
        )
        .add_extension(usage, True)
        .add_extension(x509.BasicConstraints(True, None), True)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )


class Scenes:
    """Wizards in states worth looking at, by name."""

    def __init__(self, desk: Desk, access: KeyAccess) -> None:
        self.desk, self.access = desk, access

    @classmethod
    def names(cls) -> list[str]:
        return [name for name in vars(cls) if name != "names" and not name.startswith("_")]

    def _certificate(
        self, text: str = NAMES, steps: int = 0, profile: str = "server"
    ) -> CertificateWizard:
        wizard = new_certificate(self.desk, self.access, None, profile)
        wizard.names_page.edit.setPlainText(text)
        for _ in range(steps):
            wizard.next_button.click()
        return wizard

    def certificate_names(self) -> WizardDialog:
        return self._certificate()

    def certificate_wrong(self) -> WizardDialog:
        wizard = self._certificate(
            "api.internal, api..internal host:8443 300.1.2.3 *.shop.internal"
        )
        wizard.next_button.click()
        return wizard

    def certificate_empty(self) -> WizardDialog:
        wizard = self._certificate("")
        wizard.next_button.click()
        return wizard

    def certificate_long(self) -> WizardDialog:
        label = "a-very-long-label-for-one-single-host-name-in-a-cluster"
        return self._certificate(
            f"{label}.{label}.{label}.svc.cluster.local {label}!{label}{label}\n"
            + " ".join(f"n{n}.internal" for n in range(150))
        )

    def certificate_self_signed(self) -> WizardDialog:
        wizard = self._certificate()
        assert wizard.names_page.issuer is not None
        wizard.names_page.issuer.choose(None)
        wizard.names_page.issuer.chosen.emit(None)
        wizard.names_page.more.set_open(True)
        return wizard

    def certificate_spiffe(self) -> WizardDialog:
        return self._certificate("spiffe://example.org/ns/prod/sa/api", profile="spiffe")

    def certificate_key(self) -> WizardDialog:
        return self._certificate(steps=1)

    def certificate_key_more(self) -> WizardDialog:
        wizard = self._certificate(steps=1)
        wizard.key_page.choice.more.set_open(True)
        assert wizard.key_page.validity is not None
        wizard.key_page.validity.field.number.setValue(4000)
        return wizard

    def certificate_review(self) -> WizardDialog:
        return self._certificate(steps=2)

    def certificate_review_long(self) -> WizardDialog:
        label = "a-very-long-label-for-one-single-host-name-in-a-cluster"
        return self._certificate(
            f"{label}.{label}.{label}.svc.cluster.local *.shop.internal", steps=2
        )

    def certificate_failed(self) -> WizardDialog:
        wizard = self._certificate(steps=2)
        wizard.show_failure(
            "The keyring is locked.", "GNOME Keyring did not unlock. Unlock it, then try again."
        )
        return wizard

    def certificate_done(self) -> WizardDialog:
        wizard = self._certificate(steps=2)
        wizard.made(wizard.plan.make())
        return wizard

    def certificate_held(self) -> WizardDialog:
        for name in ("api.internal", "db.internal"):
            self._certificate(name).plan.make()
        wizard = self._certificate(steps=1)
        wizard.key_page.held.click()
        return wizard

    def certificate_request(self) -> WizardDialog:
        wizard = self._certificate("")
        file = self.desk.ws.layout.directory / "shop.csr"
        file.write_bytes(request_der())
        wizard.take_request_from(Offered(files=(file,)))
        return wizard

    def authority_name(self) -> WizardDialog:
        wizard = new_authority(self.desk, self.access, None)
        wizard.name_page.more.set_open(True)
        return wizard

    def _authority(self, steps: int) -> AuthorityWizard:
        wizard = new_authority(self.desk, self.access, None)
        wizard.name_page.name.setText("Payments Root CA")
        wizard.name_page.name.textEdited.emit("Payments Root CA")
        for _ in range(steps):
            wizard.next_button.click()
        return wizard

    def authority_key(self) -> WizardDialog:
        return self._authority(1)

    def authority_limits(self) -> WizardDialog:
        wizard = self._authority(2)
        wizard.limits_page.edits[Side.PERMITTED].setText("internal 10.0.0.0/8 exa_mple..org")
        wizard.limits_page.edits[Side.PERMITTED].textEdited.emit(
            "internal 10.0.0.0/8 exa_mple..org"
        )
        wizard.limits_page.more.set_open(True)
        wizard.next_button.click()
        return wizard

    def authority_review(self) -> WizardDialog:
        return self._authority(3)

    def authority_done(self) -> WizardDialog:
        wizard = self._authority(3)
        wizard.made(wizard.plan.make())
        return wizard

    def request_done(self) -> WizardDialog:
        wizard = new_request(self.desk, self.access, None)
        wizard.names_page.edit.setPlainText(NAMES)
        wizard.made(wizard.plan.make())
        return wizard

    def request_key(self) -> WizardDialog:
        wizard = new_request(self.desk, self.access, None)
        wizard.names_page.edit.setPlainText(NAMES)
        wizard.next_button.click()
        return wizard

    def sign_request(self) -> WizardDialog:
        return sign_request(self.desk, self.access, None, request_der())

    def sign_review(self) -> WizardDialog:
        wizard = self.sign_request()
        wizard.next_button.click()
        wizard.next_button.click()
        return wizard

    def sign_wrong(self) -> WizardDialog:
        der = bytearray(request_der())
        der[-1] ^= 1
        return sign_request(self.desk, self.access, None, bytes(der))

    def save_profile(self) -> QWidget:
        wizard = self._certificate(steps=2)
        return SaveProfileDialog(self.desk, wizard.plan.draft)


def main(argv: Sequence[str]) -> int:
    folder = Path(argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    scheme = SchemePreference(argv[2] if len(argv) > 2 else "light")
    os.environ["QT_SCALE_FACTOR"] = argv[3] if len(argv) > 3 else "1"
    app = QApplication(["gallery"])
    theme, jobs = Theme(app, scheme), Jobs()
    with tempfile.TemporaryDirectory() as place:
        settings = QSettings(str(Path(place) / "settings.ini"), QSettings.Format.IniFormat)
        with Workspace.open(Path(place) / "ws", LocalVaults(), clock=Clock()) as ws:
            ws.custody.set_up("keyring")
            for name in ("Payments Root CA", "Payments Issuing CA 1"):
                authorities.create(ws, AuthorityDraft(subject=Subject(common_name=name), days=900))
            desk = Desk(ws, theme, jobs, settings, app.clipboard(), Changes(ws))
            scenes = Scenes(desk, KeyAccess(desk))
            for name in argv[4:] or scenes.names():
                build: Callable[[], QWidget] = getattr(scenes, name)
                wizard = build()
                wizard.show()
                while jobs.running:
                    app.processEvents()
                for _ in range(6):
                    app.processEvents()
                wizard.grab().save(str(folder / f"{name}.png"))
                for shown in QApplication.topLevelWidgets():
                    shown.hide()
            desk.changes.stop()
    jobs.close()
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv))
    except MtlsguiError as error:
        raise SystemExit(str(error)) from error
