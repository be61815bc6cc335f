"""Asking before a missing issuer is fetched, and fetching it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.widgets.buttons import primary_button
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.working_dialog import WorkingDialog
from mtlsgui.pki.describe import display_name
from mtlsgui.workspace import fetching
from mtlsgui.workspace.fetching import Fetched
from mtlsgui.workspace.inspecting import Source
from mtlsgui.workspace.looking import Gap


class FetchDialog(WorkingDialog):
    """Names the server that will be asked and what that tells it; then asks it.

    on_fetched: called with what came, as a source for the drop.
    """

    def __init__(
        self,
        desk: Desk,
        gap: Gap,
        on_fetched: Callable[[Source], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk.theme, desk.jobs, width=500, parent=parent)
        self._gap, self._on_fetched = gap, on_fetched
        self._host = fetching.host_of(gap.address)
        issuer = visible(gap.issuer)
        child = visible(display_name(gap.child.facts))
        self.set_heading(
            self.tr("Fetch {}?").format(issuer),
            self.tr(
                "One request is sent to {host}. It tells that server, and whoever is on the way "
                "there, that somebody looks at {name}. Nothing is stored."
            ).format(host=visible(self._host), name=child),
        )
        fields = FieldList(desk.theme, desk.clipboard)
        fields.add(self.tr("Address"), visible(gap.address))
        self.body.addWidget(fields)
        self.fetch_button = self.add_button(primary_button(self.tr("Fetch")), default=True)
        self.fetch_button.clicked.connect(lambda _checked=False: self.start())

    def start(self) -> None:
        """Ask the server."""
        address, child = self._gap.address, self._gap.child.facts
        self.run(
            lambda control: fetching.fetch(address, child, control.check),
            self._done,
            title=self.tr("Fetching from {}").format(self._host),
            stoppable=True,
        )

    def first_field(self) -> QWidget | None:
        self.fetch_button.setFocus(Qt.FocusReason.OtherFocusReason)
        return None

    def _done(self, fetched: Fetched) -> None:
        name = self.tr("fetched from {}").format(self._host)
        for source in fetched.inspection.sources:
            self._on_fetched(replace(source, name=name))
        self.accept()
