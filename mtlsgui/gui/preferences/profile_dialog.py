"""The editor of a profile of the person's own."""

import re
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.jobs import TaskControl
from mtlsgui.gui.preferences import profile_words
from mtlsgui.gui.preferences.section import key_options, show_value
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_PAGE, UNIT
from mtlsgui.gui.widgets.buttons import primary_button
from mtlsgui.gui.widgets.check_list import CheckList
from mtlsgui.gui.widgets.form import Form, FormRow
from mtlsgui.gui.widgets.more import MoreSection
from mtlsgui.gui.widgets.wheel import leave_wheel
from mtlsgui.gui.wizards.choices import narrow
from mtlsgui.gui.wizards.subject_fields import SubjectFields, line_field
from mtlsgui.gui.wizards.validity_field import ValidityField
from mtlsgui.gui.wizards.wording import by_field
from mtlsgui.gui.words import core
from mtlsgui.gui.working_dialog import WorkingDialog
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import NameKind, Subject
from mtlsgui.pki.profiles import Profile
from mtlsgui.workspace import profile_editing


class ProfileDialog(WorkingDialog):
    """Changes `profile`, or makes a new one of it.

    replacing: the id of the profile that this is a new version of; None keeps it as a new one.
    `saved` carries the id that it has now.
    """

    saved = Signal(str)

    def __init__(
        self,
        desk: Desk,
        profile: Profile,
        replacing: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk.theme, desk.jobs, width=640, parent=parent)
        self._desk, self._begun, self._replacing = desk, profile, replacing
        self._tried = False
        self.set_heading(
            self.tr("New profile") if replacing is None else self.tr("Edit profile"),
            self.tr("What certificates of one kind have in common."),
        )
        self.name, self.description = line_field(), line_field()
        self.validity = ValidityField(desk.theme, desk.ws.clock)
        self.key = narrow(QComboBox())
        for value, text in key_options().items():
            self.key.addItem(text, value)
        self.purposes = CheckList(
            [(name, profile_words.purpose(name), name) for name in profile_editing.PURPOSES]
        )
        self.other_purposes = line_field()
        self.key_usages = CheckList(
            [(name, profile_words.key_usage(name), name) for name in profile_editing.KEY_USAGES]
        )
        self.kinds = CheckList([(kind.value, kind.label, "") for kind in NameKind], columns=4)
        self.names_required = QCheckBox(self.tr("At &least one name is needed"))
        self.domains, self.schemes = line_field(), line_field()
        self.subject = SubjectFields()
        self.form = Form()
        self._build()
        self.body.addWidget(self.form)
        self.save_button = primary_button(self.tr("Sa&ve"))
        self.save_button.clicked.connect(self._save)
        self.add_button(self.save_button, default=True)
        self._load(profile)
        self._connect()
        leave_wheel(self.content)

    def first_field(self) -> QWidget:
        return self.name

    @property
    def profile(self) -> Profile:
        """The profile as it is filled in."""
        others = _parts(self.other_purposes.text())
        subject = Subject(**{part: text.strip() for part, text in self.subject.values().items()})
        filled = replace(
            self._begun,
            description=self.description.text().strip(),
            days=self.validity.days,
            key=KeyAlgorithm(self.key.currentData()),
            key_usage=self.key_usages.values,
            extended_key_usage=tuple(dict.fromkeys((*self.purposes.values, *others))),
            name_kinds=tuple(NameKind(kind) for kind in self.kinds.values),
            uri_schemes=tuple(_scheme(part) for part in _parts(self.schemes.text())),
            domains=_parts(self.domains.text()),
            names_required=self.names_required.isChecked(),
            subject=subject,
        )
        return profile_editing.named(self._desk.ws, filled, self.name.text(), self._replacing)

    # -- building

    def _build(self) -> None:
        form = self.form
        form.add("name", self.tr("&Name"), self.name)
        form.add("description", self.tr("D&escription"), self.description)
        self._beside(
            FormRow(self.tr("Valid &for"), self.validity),
            FormRow(self.tr("&Key"), self.key),
            "days",
            "key",
        )
        form.add(
            "extended_key_usage",
            self.tr("P&urposes"),
            self.purposes,
            self.tr("With none, certificates are accepted for any purpose."),
        )
        form.add(
            "key_usage",
            self.tr("Key usa&ges"),
            self.key_usages,
            self.tr("What a certificate's kind of key cannot do is left out of it."),
        )
        names = QWidget()
        column = QVBoxLayout(names)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(self.kinds)
        column.addWidget(self.names_required)
        names.setFocusProxy(self.kinds)
        form.add("name_kinds", self.tr("Kinds of na&mes"), names)
        form.add(
            "domains",
            self.tr("Dom&ains"),
            self.domains,
            self.tr("DNS names and e-mail addresses lie under these. Left empty, any is allowed."),
        )
        self.more = MoreSection(self.theme)
        self.more.body.setSpacing(GAP_LARGE)
        form.column.addWidget(self.more)
        for field, row in (
            (
                "uri_schemes",
                FormRow(
                    self.tr("UR&I schemes"),
                    self.schemes,
                    self.tr(
                        "Left empty, any is allowed. With spiffe alone, a certificate is named by "
                        "exactly one SPIFFE ID."
                    ),
                ),
            ),
            (
                "other_purposes",
                FormRow(
                    self.tr("O&ther purposes"), self.other_purposes, self.tr("As dotted OIDs.")
                ),
            ),
            ("subject", FormRow(self.tr("Every subject has"), self.subject)),
        ):
            form.adopt(field, row)
            self.more.body.addWidget(row)

    def _beside(self, left: FormRow, right: FormRow, *fields: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP_PAGE)
        for field, part in zip(fields, (left, right), strict=True):
            self.form.adopt(field, part)
            row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        self.form.column.addLayout(row)

    def _load(self, profile: Profile) -> None:
        self.name.setText(profile.name)
        self.description.setText(profile.description)
        self.validity.set_days(profile.days)
        show_value(self.key, profile.key.value)
        self.purposes.tick(profile.extended_key_usage)
        known = profile_editing.PURPOSES
        self.other_purposes.setText(
            ", ".join(name for name in profile.extended_key_usage if name not in known)
        )
        self.key_usages.tick(profile.key_usage)
        self.kinds.tick(kind.value for kind in profile.name_kinds)
        self.names_required.setChecked(profile.names_required)
        self.domains.setText(", ".join(profile.domains))
        self.schemes.setText(", ".join(profile.uri_schemes))
        self.subject.load(profile.subject)
        self.more.set_open(
            bool(self.schemes.text() or self.other_purposes.text() or not self.subject.is_empty)
        )
        self._show_id()
        self._show_advice()

    def _connect(self) -> None:
        for line in (self.name, self.description, *self._lines()):
            line.textEdited.connect(lambda _text: self._edited())
        for boxes in (self.purposes, self.key_usages, self.kinds):
            boxes.changed.connect(self._edited)
        self.names_required.toggled.connect(lambda _on: self._edited())
        self.subject.changed.connect(self._edited)
        self.key.currentIndexChanged.connect(lambda _at: self._show_advice())
        self.more.toggled.connect(lambda _open: self.fit())

    def _lines(self) -> tuple[QLineEdit, ...]:
        return (self.other_purposes, self.domains, self.schemes)

    # -- what is filled in

    def _edited(self) -> None:
        self._show_id()
        if self._tried:
            self._check()

    def _show_id(self) -> None:
        """By what name the command line knows it."""
        if self.name.text().strip():
            self.form.rows["name"].set_hint(self.tr("In mtlsctl: {}").format(self.profile.id))
        else:
            self.form.rows["name"].set_hint("")

    def _show_advice(self) -> None:
        self.form.rows["key"].set_hint(core(KeyAlgorithm(self.key.currentData()).advice))

    def _check(self) -> dict[str, str]:
        """Say at each field what is wrong with it."""
        found = profile_editing.problems(self._desk.ws, self.profile, self._replacing)
        problems = by_field(found, blocking=True)
        if "extended_key_usage" in problems:  # what is ticked is never wrong
            problems["other_purposes"] = problems.pop("extended_key_usage")
        self.form.show_problems(problems)
        if {"uri_schemes", "other_purposes", "subject"} & set(problems):
            self.more.set_open(True)
        self.fit()
        return problems

    def _save(self) -> None:
        self._tried = True
        problems = self._check()
        if problems:
            first = next(field for field in self.form.rows if field in problems)
            self.form.rows[first].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reveal(self.form.rows[first])
            return
        ws, profile, replacing = self._desk.ws, self.profile, self._replacing

        def work(_control: TaskControl) -> Profile:
            return ws.profiles.save(profile, replacing=replacing)

        self.run(work, self._done, title=self.tr("Saving a profile"))

    def _done(self, profile: Profile) -> None:
        self._desk.changes.announce()
        self.saved.emit(profile.id)
        self.accept()


def _parts(text: str) -> tuple[str, ...]:
    """What was typed, separated by commas or spaces, each once."""
    return tuple(dict.fromkeys(part for part in re.split(r"[,;\s]+", text) if part))


def _scheme(text: str) -> str:
    """A scheme, as people write it: "https", "https:" or "https://"."""
    return text.partition(":")[0].lower()
