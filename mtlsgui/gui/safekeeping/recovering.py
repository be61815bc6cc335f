"""What is done when a workspace was opened: finish what a crash cut short, copy the inventory."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.vault.base import VaultLocked
from mtlsgui.workspace import recovery
from mtlsgui.workspace.backup import backup_if_due
from mtlsgui.workspace.recovery import Leftover, RecoveryReport

_ASK_AGAIN_MS = 5_000
_TIMES = 12


class ShowBanner(Protocol):
    """Says something above the page, as MainWindow.show_banner does."""

    def __call__(
        self,
        tone: Tone,
        sentence: str,
        text: str = "",
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> object: ...


class Recovery(QObject):
    """Tells of what was cut short and settles it; asks for the passphrase only if told to."""

    settled = Signal()
    """Nothing is left over, or all that can be done now was done and told."""

    def __init__(
        self, desk: Desk, access: KeyAccess, window: QWidget, show_banner: ShowBanner
    ) -> None:
        super().__init__(window)
        self._desk, self._access, self._window = desk, access, window
        self._show_banner = show_banner
        self._asked = 0
        self._copied = False

    def start(self) -> None:
        """Look once; then copy the inventory where the last copy is too old.

        One after the other: both need that nobody else is changing keys.
        """
        self.settled.connect(self._copy)
        self._look()

    def _copy(self) -> None:
        if self._copied:
            return
        self._copied = True
        ws = self._desk.ws
        self._desk.jobs.run_task(
            lambda _control: backup_if_due(ws),
            lambda _path: None,
            title=self.tr("Copying the inventory"),
            owner=self,
        )

    def _look(self) -> None:
        leftovers = recovery.unfinished(self._desk.ws)
        if not leftovers:
            self.settled.emit()
            return
        if self._desk.ws.custody.is_locked:
            self._offer_unlocking(leftovers)
            return
        self._settle(leftovers)

    def _settle(self, leftovers: Sequence[Leftover]) -> None:
        self._desk.jobs.run_task(
            lambda _control: recovery.recover(self._desk.ws),
            self._tell,
            lambda error: self._failed(error, leftovers),
            title=self.tr("Finishing what was cut short"),
            owner=self,
        )

    def _tell(self, report: RecoveryReport) -> None:
        if report.busy:
            # Another window or mtlsctl is at work on keys: most likely nothing was cut short.
            self._asked += 1
            if self._asked < _TIMES:
                QTimer.singleShot(_ASK_AGAIN_MS, self, self._look)
            return
        for settled, tone, sentence in (
            (True, Tone.ACCENT, self.tr("Something was cut short the last time. It is in order.")),
            (False, Tone.ATTENTION, self.tr("Something that was cut short is still unfinished.")),
        ):
            told = [each.sentence for each in report.findings if each.settled is settled]
            if told:
                again = () if settled else ((self.tr("Try again"), self._look),)
                self._show_banner(tone, sentence, "\n".join(told), again)
        self.settled.emit()

    def _failed(self, error: MtlsguiError, leftovers: Sequence[Leftover]) -> None:
        if isinstance(error, VaultLocked):
            self._offer_unlocking(leftovers)
            return
        text = " ".join(part for part in (error.title, error.detail, error.remedy) if part)
        self._show_banner(
            Tone.ATTENTION,
            self.tr("Something that was cut short cannot be finished now."),
            f"{self._described(leftovers)}\n{text}",
            ((self.tr("Try again"), self._look),),
        )
        self.settled.emit()

    def _offer_unlocking(self, leftovers: Sequence[Leftover]) -> None:
        def unlock() -> None:
            self._access.ensure(self._window, self._look)

        self._show_banner(
            Tone.ATTENTION,
            self.tr("Something was cut short the last time."),
            self._described(leftovers)
            + "\n"
            + self.tr("Unlock the private keys, and it is put in order."),
            ((self.tr("Unlock…"), unlock),),
        )
        self.settled.emit()

    def _described(self, leftovers: Sequence[Leftover]) -> str:
        return "\n".join(self._words(each) for each in leftovers)

    def _words(self, leftover: Leftover) -> str:
        named = leftover.name or self.tr("without a name")
        match leftover.what:
            case "storing":
                return self.tr("A creation was cut short: the private key “{}”.").format(named)
            case "moving":
                return self.tr("Moving the private key “{}” was cut short.").format(named)
            case "deleting":
                return self.tr("Deleting the private key “{}” was cut short.").format(named)
            case "set_up":
                return self.tr("Setting up the vault was cut short.")
            case "move":
                return self.tr("Moving all private keys to another vault was cut short.")
            case _:
                return self.tr("Putting authorities' keys into the vault was cut short.")
