"""The question before certificates are deleted: it says exactly what goes with them."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from mtlsgui.gui.authorities.edit import UseCaseDialog
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.widgets.buttons import destroy_button
from mtlsgui.gui.widgets.card import Banner
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.workspace import editing
from mtlsgui.workspace.editing import Consequences

translate = QCoreApplication.translate

_MOST_NAMES = 8


class DeleteDialog(UseCaseDialog):
    """Asks whether to delete, and whether to destroy the private keys too (not unless asked)."""

    def __init__(
        self,
        desk: Desk,
        keys: KeyAccess,
        what: Consequences,
        parent: QWidget | None = None,
    ) -> None:
        rows = what.certificates
        one = len(rows) == 1
        heading = (
            translate("DeleteDialog", "Delete {}?").format(rows[0].name)
            if one
            else translate("DeleteDialog", "Delete {} certificates?").format(len(rows))
        )
        lead = translate(
            "DeleteDialog", "It is taken out of this workspace; the journal keeps what it was."
        )
        if not one:
            lead = translate(
                "DeleteDialog",
                "They are taken out of this workspace; the journal keeps what they were.",
            )
        super().__init__(desk, heading, lead, destroy_button(""), parent, default=False)
        self._keys, self._what = keys, what
        self._ids = [row.id for row in rows]
        if not one:
            self.body.addWidget(wrapped(_list([row.name for row in rows])))
        if what.orphaned:
            self.body.addWidget(
                Banner(
                    desk.theme,
                    Tone.ATTENTION,
                    translate("DeleteDialog", "One certificate loses its issuer.")
                    if what.orphaned == 1
                    else translate("DeleteDialog", "{} certificates lose their issuer.").format(
                        what.orphaned
                    ),
                    translate(
                        "DeleteDialog",
                        "What they were issued by is here no more. They stay, at the top level.",
                    ),
                )
            )
        self.with_keys = QCheckBox(translate("DeleteDialog", "Also destroy the &private keys"))
        if len(what.keys) == 1:
            self.with_keys.setText(translate("DeleteDialog", "Also destroy the &private key"))
        self.with_keys.setVisible(bool(what.keys))
        self.with_keys.toggled.connect(lambda _checked: self._say())
        self._key_note = wrapped("", "muted")
        self._key_note.setVisible(bool(what.keys))
        self.body.addWidget(self.with_keys)
        self.body.addWidget(self._key_note)
        self._say()

    def first_field(self) -> QWidget:
        """The harmless button: Enter must not destroy by accident."""
        return self.cancel_button

    def apply(self) -> None:
        if self.with_keys.isChecked():
            self._keys.ensure(self, lambda: self._delete(with_keys=True))
        else:
            self._delete(with_keys=False)

    def _delete(self, *, with_keys: bool) -> None:
        ws, ids = self.desk.ws, self._ids
        self.run(
            lambda: editing.delete(ws, ids, with_keys=with_keys),
            translate("DeleteDialog", "Deleting certificates"),
        )

    def _say(self) -> None:
        """What the button does, and what becomes of the keys."""
        keys = self._what.keys
        certificates = (
            translate("DeleteDialog", "certificate")
            if len(self._ids) == 1
            else translate("DeleteDialog", "{} certificates").format(len(self._ids))
        )
        if self.with_keys.isChecked():
            text = translate("DeleteDialog", "Delete {} and destroy {}").format(
                certificates,
                translate("DeleteDialog", "key")
                if len(keys) == 1
                else translate("DeleteDialog", "{} keys").format(len(keys)),
            )
            note = translate(
                "DeleteDialog",
                "Nothing can be signed or decrypted with them again, and there is no undo.",
            )
            if len(keys) == 1:
                note = translate(
                    "DeleteDialog",
                    "Nothing can be signed or decrypted with it again. There is no undo.",
                )
        else:
            text = translate("DeleteDialog", "Delete {}").format(certificates)
            note = translate(
                "DeleteDialog", "Nothing else uses the private key. It stays where it is held."
            )
            if len(keys) > 1:
                note = translate(
                    "DeleteDialog", "Nothing else uses these private keys: {}. They stay."
                ).format(_list(keys))
        self._key_note.setText(note)
        self.accept_button.setText(text)
        self.accept_button.setAccessibleName(text)
        self.fit()


def ask_to_delete(
    desk: Desk, keys: KeyAccess, certificate_ids: Sequence[int], parent: QWidget
) -> None:
    """Find out what would go, then ask. Returns at once."""

    def ask(what: Consequences) -> None:
        if what.certificates:
            DeleteDialog(desk, keys, what, parent).open()

    desk.jobs.run_task(
        lambda _control: editing.consequences(desk.ws, list(certificate_ids)),
        ask,
        title=translate("DeleteDialog", "Looking at what would be deleted"),
        owner=parent,
    )


def _list(names: Sequence[str]) -> str:
    """The first few names, and how many more."""
    shown = ", ".join(names[:_MOST_NAMES])
    rest = len(names) - _MOST_NAMES
    return shown if rest <= 0 else translate("DeleteDialog", "{} and {} more").format(shown, rest)
