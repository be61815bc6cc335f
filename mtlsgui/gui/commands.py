"""Everything that can be done in the window, declared once; menus and the palette read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence

from mtlsgui.gui.actions import Action
from mtlsgui.gui.authorities.page import PageActions
from mtlsgui.gui.inspector.offered import ActionSet, InspectorActions
from mtlsgui.gui.main_window import MenuSpec
from mtlsgui.inventory.records import CertificateRow

translate = QCoreApplication.translate

if TYPE_CHECKING:
    from mtlsgui.gui.desktop import Desktop


@dataclass(frozen=True)
class Selection:
    """What actions look at: the certificates that are selected on the page in front."""

    rows: tuple[CertificateRow, ...] = ()

    @property
    def ids(self) -> list[int]:
        return [row.id for row in self.rows]

    @property
    def one(self) -> CertificateRow | None:
        """The certificate, where exactly one is selected."""
        return self.rows[0] if len(self.rows) == 1 else None

    @property
    def authority(self) -> CertificateRow | None:
        """The authority that is selected, if its key is held."""
        row = self.one
        return row if row is not None and row.is_ca and row.key_id is not None else None

    @property
    def issuer_id(self) -> int | None:
        """The authority that is selected, or that issued the one selected."""
        if self.authority is not None:
            return self.authority.id
        return self.one.issuer_id if self.one is not None else None


def _one(selection: Selection) -> bool:
    return selection.one is not None


def _some(selection: Selection) -> bool:
    return bool(selection.rows)


def _two(selection: Selection) -> bool:
    return len(selection.rows) == 2


def _authority(selection: Selection) -> bool:
    return selection.authority is not None


def _with_key(selection: Selection) -> bool:
    return selection.one is not None and selection.one.key_id is not None


NEW_MENU: tuple[str | None, ...] = (
    "certificate.server",
    "certificate.client",
    "certificate.peer",
    "certificate.workload",
    None,
    "authority.new",
    "authority.intermediate",
    None,
    "request.new",
)
FIRST = ("authority.new",)
FIRST_LINKS = ("file.import", "file.open", "view.connections")
"""What an empty workspace offers, as buttons and as links."""
_SELECTION_MENU: tuple[str | None, ...] = (
    "certificate.test",
    "certificate.export",
    "certificate.copy_pem",
    "certificate.compare",
    None,
    "authority.issue",
    "authority.intermediate_below",
    "authority.addresses",
    None,
    "edit.rename",
    "edit.notes",
    "edit.tags",
    "edit.colour",
    None,
    "edit.delete",
)


def page_actions() -> PageActions:
    """What the page of authorities offers."""
    return PageActions(
        importing="file.import",
        new=NEW_MENU,
        context=_SELECTION_MENU,
        first=FIRST,
        first_links=FIRST_LINKS,
    )


def inspector_actions() -> InspectorActions:
    """What the inspector offers for what it shows."""
    edit = ("edit.rename", "edit.notes", "edit.tags", "edit.colour", None, "edit.delete")
    return InspectorActions(
        authority=ActionSet(
            "authority.issue",
            ("certificate.export",),
            (
                "authority.intermediate_below",
                "authority.addresses",
                "certificate.copy_pem",
                None,
                *edit,
            ),
        ),
        certificate=ActionSet(
            "certificate.export", ("certificate.test",), ("certificate.copy_pem", None, *edit)
        ),
        several=ActionSet(
            "certificate.export",
            ("certificate.compare", "edit.tags"),
            ("edit.colour", None, "edit.delete"),
        ),
    )


def menus() -> tuple[MenuSpec, ...]:
    """The menu bar."""
    return (
        MenuSpec(
            translate("Commands", "&File"),
            (
                *NEW_MENU,
                None,
                "file.open",
                "file.convert",
                "file.paste",
                "file.import",
                None,
                "workspace.back_up",
                "workspace.restore",
                None,
                "app.preferences",
                "app.quit",
            ),
        ),
        MenuSpec(translate("Commands", "&Certificate"), _SELECTION_MENU),
        MenuSpec(
            translate("Commands", "&Keys"),
            ("vault.lock", "vault.passphrase", "vault.move", "vault.recover"),
        ),
        MenuSpec(
            translate("Commands", "&View"),
            (
                "view.overview",
                "view.authorities",
                "view.requests",
                "view.connections",
                "view.tools",
                "view.journal",
                None,
                "view.search",
                "view.palette",
            ),
        ),
        MenuSpec(translate("Commands", "&Help"), ("help.about",)),
    )


def actions(desktop: Desktop) -> tuple[Action[Selection], ...]:
    """All actions, bound to what they do."""
    return (*_making(desktop), *_selected(desktop), *_files(desktop), *_views(desktop))


def _making(desktop: Desktop) -> tuple[Action[Selection], ...]:
    return (
        Action(
            "authority.new",
            translate("Commands", "New &authority…"),
            lambda _: desktop.new_authority(),
            "ca",
            "Ctrl+Shift+A",
            keywords=translate("Commands", "root CA create"),
        ),
        Action(
            "authority.intermediate",
            translate("Commands", "New &intermediate…"),
            desktop.new_intermediate,
            "ca",
            enabled=lambda _: desktop.can_issue,
            keywords=translate("Commands", "sub CA issuing"),
        ),
        Action(
            "certificate.server",
            translate("Commands", "New &server certificate…"),
            lambda _: desktop.new_certificate("server"),
            "server",
            "Ctrl+N",
            keywords=translate("Commands", "TLS host issue"),
        ),
        Action(
            "certificate.client",
            translate("Commands", "New &client certificate…"),
            lambda _: desktop.new_certificate("client"),
            "client",
            "Ctrl+Shift+N",
            keywords=translate("Commands", "TLS user device issue"),
        ),
        Action(
            "certificate.peer",
            translate("Commands", "New &peer certificate…"),
            lambda _: desktop.new_certificate("peer"),
            "peer",
            keywords=translate("Commands", "server and client both issue"),
        ),
        Action(
            "certificate.workload",
            translate("Commands", "New SPIFFE &workload…"),
            lambda _: desktop.new_certificate("spiffe"),
            "peer",
            keywords="SVID",
        ),
        Action(
            "request.new",
            translate("Commands", "New &request…"),
            lambda _: desktop.new_request(),
            "requests",
            keywords="CSR PKCS#10",
        ),
    )


def _selected(desktop: Desktop) -> tuple[Action[Selection], ...]:
    return (
        Action(
            "authority.issue",
            translate("Commands", "&Issue a certificate…"),
            lambda selection: desktop.issue_under(selection.authority),
            "plus",
            enabled=_authority,
        ),
        Action(
            "authority.intermediate_below",
            translate("Commands", "New intermediate below…"),
            lambda selection: desktop.new_authority(selection.authority),
            "ca",
            enabled=_authority,
            in_palette=False,
        ),
        Action(
            "authority.addresses",
            translate("Commands", "CRL and OCSP addresses…"),
            lambda selection: desktop.edit_addresses(selection.authority),
            enabled=_authority,
        ),
        Action(
            "certificate.export",
            translate("Commands", "&Export…"),
            lambda selection: desktop.export(selection.ids),
            "export",
            "Ctrl+E",
            enabled=_some,
            keywords=translate("Commands", "save PEM PKCS#12 chain key"),
        ),
        Action(
            "certificate.test",
            translate("Commands", "&Test connection"),
            lambda selection: desktop.test_connection(selection.one),
            "connections",
            "Ctrl+T",
            enabled=_with_key,
        ),
        Action(
            "certificate.compare",
            translate("Commands", "Co&mpare…"),
            lambda selection: desktop.compare(selection.rows),
            enabled=_two,
            keywords=translate("Commands", "difference diff two"),
        ),
        Action(
            "certificate.copy_pem",
            translate("Commands", "&Copy as PEM"),
            lambda selection: desktop.copy_pem(selection.ids),
            "copy",
            "Ctrl+Shift+C",
            enabled=_some,
        ),
        Action(
            "edit.rename",
            translate("Commands", "&Rename…"),
            lambda selection: desktop.rename(selection.one),
            "edit",
            "F2",
            enabled=_one,
        ),
        Action(
            "edit.notes",
            translate("Commands", "&Notes…"),
            lambda selection: desktop.edit_notes(selection.one),
            enabled=_one,
        ),
        Action(
            "edit.tags",
            translate("Commands", "Ta&gs…"),
            lambda selection: desktop.edit_tags(selection.rows),
            "tag",
            enabled=_some,
        ),
        Action(
            "edit.colour",
            translate("Commands", "Colour &label…"),
            lambda selection: desktop.choose_colour(selection.rows),
            enabled=_some,
        ),
        Action(
            "edit.delete",
            translate("Commands", "&Delete…"),
            lambda selection: desktop.delete(selection.ids),
            "trash",
            QKeySequence.StandardKey.Delete,
            enabled=_some,
        ),
    )


def _files(desktop: Desktop) -> tuple[Action[Selection], ...]:
    keys = desktop.desk.ws.custody
    return (
        Action(
            "file.open",
            translate("Commands", "&Look into files…"),
            lambda _: desktop.choose_files(),
            "file",
            QKeySequence.StandardKey.Open,
            keywords=translate("Commands", "open inspect"),
        ),
        Action(
            "file.convert",
            translate("Commands", "Con&vert files…"),
            lambda _: desktop.convert_files(),
            keywords=translate("Commands", "PEM DER PKCS#12 JKS change passphrase"),
        ),
        Action(
            "file.paste",
            translate("Commands", "Look into the clipb&oard"),
            lambda _: desktop.window.paste(),
            keywords=translate("Commands", "paste PEM"),
        ),
        Action(
            "file.import",
            translate("Commands", "I&mport…"),
            lambda _: desktop.import_files(),
            "import",
            "Ctrl+I",
        ),
        Action(
            "workspace.back_up",
            translate("Commands", "&Back up…"),
            lambda _: desktop.back_up(),
            "folder",
        ),
        Action(
            "workspace.restore",
            translate("Commands", "Res&tore a backup…"),
            lambda _: desktop.restore(),
        ),
        Action(
            "vault.lock",
            translate("Commands", "&Lock keys now"),
            lambda _: desktop.access.lock_now(),
            "lock",
            "Ctrl+L",
            enabled=lambda _: keys.kind is not None,
        ),
        Action(
            "vault.passphrase",
            translate("Commands", "Change &passphrase…"),
            lambda _: desktop.change_passphrase(),
            "key",
            enabled=lambda _: keys.kind == "file",
        ),
        Action(
            "vault.move",
            translate("Commands", "&Move keys to another vault…"),
            lambda _: desktop.move_keys(),
        ),
        Action(
            "vault.recover",
            translate("Commands", "&Finish what was cut short"),
            lambda _: desktop.recover(),
            enabled=lambda _: desktop.has_unfinished,
        ),
    )


def _showing(desktop: Desktop, page: str) -> Callable[[Selection], object]:
    return lambda _selection: desktop.window.show_page(page)


def _views(desktop: Desktop) -> tuple[Action[Selection], ...]:
    pages = tuple(
        Action[Selection](
            f"view.{page}",
            text,
            _showing(desktop, page),
            icon,
            f"Ctrl+{number}",
        )
        for number, (page, text, icon) in enumerate(
            (
                ("overview", translate("Commands", "&Overview"), "home"),
                ("authorities", translate("Commands", "&Authorities"), "authorities"),
                ("requests", translate("Commands", "&Requests"), "requests"),
                ("connections", translate("Commands", "Test a &connection"), "connections"),
                ("tools", translate("Commands", "&Tools"), "tools"),
                ("journal", translate("Commands", "&Journal"), "journal"),
            ),
            start=1,
        )
    )
    return (
        *pages,
        Action(
            "view.search",
            translate("Commands", "&Search"),
            lambda _: desktop.search(),
            "search",
            "Ctrl+Shift+F",
        ),
        Action(
            "view.palette",
            translate("Commands", "&Find an action…"),
            lambda _: desktop.window.open_palette(),
            shortcut="Ctrl+K",
            in_palette=False,
        ),
        Action(
            "app.preferences",
            translate("Commands", "Pre&ferences"),
            lambda _: desktop.window.show_page("preferences"),
            "preferences",
            "Ctrl+,",
            role=QAction.MenuRole.PreferencesRole,
        ),
        Action(
            "app.quit",
            translate("Commands", "&Quit"),
            lambda _: desktop.window.close(),
            shortcut=QKeySequence.StandardKey.Quit,
            role=QAction.MenuRole.QuitRole,
        ),
        Action(
            "help.about",
            translate("Commands", "&About mtlsgui"),
            lambda _: desktop.about(),
            "info",
            role=QAction.MenuRole.AboutRole,
        ),
    )
