"""The one style sheet, made from the tokens.

Widgets choose a look by dynamic properties, set before they are first shown:
`kind` on buttons (primary, quiet, danger, tool), `role` on labels (title, heading, section, muted,
strong, mono, problem) and on frames (card, banner, navigation, header, status, field-chip).
"""

from pathlib import Path

from mtlsgui.gui.theme.tokens import HEADING_SCALE, RADIUS, RADIUS_CARD, TITLE_SCALE, Sizes, Tokens

_SHEET = """
QToolTip {{ background: {panel}; color: {text}; border: 1px solid {line}; padding: 4px 6px; }}

QLabel[role="title"] {{ font-size: {title_pt}pt; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: {heading_pt}pt; font-weight: 600; }}
QLabel[role="section"] {{ font-size: {section_pt}pt; font-weight: 600; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="muted"], QWidget[role="muted"] {{ color: {muted}; }}
QLabel[role="problem"][tone="bad"] {{ color: {bad_text}; }}
QLabel[role="problem"][tone="attention"] {{ color: {attention}; }}
QLabel[role="problem"][tone="neutral"] {{ color: {muted}; }}
QLabel:disabled {{ color: {disabled}; }}

QPushButton, QToolButton[kind] {{
  background: {panel}; color: {text}; border: 1px solid {field_line};
  border-radius: {radius}px; padding: 0 12px; min-height: {inner}px; }}
QPushButton:hover, QToolButton[kind]:hover {{ background: {hover}; }}
QPushButton:pressed, QPushButton:checked,
QToolButton[kind]:pressed, QToolButton[kind]:checked {{ background: {neutral_soft}; }}
QPushButton:focus, QToolButton[kind]:focus {{ border: 2px solid {accent}; padding: 0 11px;
  min-height: {inner_focus}px; }}
QPushButton:disabled, QToolButton[kind]:disabled {{
  color: {disabled}; background: {window}; border-color: {line}; }}
QPushButton::menu-indicator, QToolButton::menu-indicator {{ image: none; width: 0; }}

QPushButton[kind="primary"] {{
  background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: 600; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{
  background: {accent_hover}; border-color: {accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {text}; }}
QPushButton[kind="primary"]:disabled {{
  background: {neutral_soft}; color: {muted}; border-color: {neutral_soft}; }}

QPushButton[kind="danger"] {{ color: {bad_text}; border-color: {bad}; }}
QPushButton[kind="danger"]:hover {{ background: {bad_soft}; }}
QPushButton[kind="danger"]:focus {{ border: 2px solid {bad}; }}
QPushButton[kind="destroy"] {{
  background: {bad}; color: {on_bad}; border-color: {bad}; font-weight: 600; }}
QPushButton[kind="destroy"]:focus {{ border: 2px solid {text}; }}
QPushButton[kind="danger"]:disabled, QPushButton[kind="destroy"]:disabled {{
  background: {window}; color: {disabled}; border-color: {line}; }}

QPushButton[kind="quiet"] {{
  background: transparent; color: {accent_text}; border: 1px solid transparent;
  padding: 0 2px; min-height: 0; text-align: left; }}
QPushButton[kind="quiet"]:hover {{ text-decoration: underline; }}
QPushButton[kind="quiet"]:focus {{ border: 1px solid {accent}; padding: 0 2px; min-height: 0; }}
QPushButton[kind="quiet"]:disabled {{ background: transparent; color: {disabled}; }}

QToolButton[kind="tool"], QPushButton[kind="tool"] {{
  background: transparent; border: 1px solid transparent; padding: 0 6px; }}
QToolButton[kind="tool"]:hover, QPushButton[kind="tool"]:hover {{ background: {hover}; }}
QToolButton[kind="tool"]:focus, QPushButton[kind="tool"]:focus {{
  border: 2px solid {accent}; padding: 0 5px; }}
QToolButton[kind="tiny"] {{
  background: transparent; border: 1px solid transparent; padding: 0; min-height: 0; }}
QToolButton[kind="tiny"]:focus {{ border: 1px solid {accent}; padding: 0; min-height: 0; }}

QPushButton[kind="filter"] {{
  color: {muted}; background: {panel}; border: 1px solid {field_line};
  border-radius: {filter_radius}px; padding: 0 10px; min-height: {filter_inner}px; }}
QPushButton[kind="filter"]:hover {{ background: {hover}; color: {text}; }}
QPushButton[kind="filter"]:checked {{
  background: {accent_soft}; color: {accent_text}; border-color: {accent_soft};
  font-weight: 600; }}
QPushButton[kind="filter"]:focus {{
  border: 2px solid {accent}; padding: 0 9px; min-height: {filter_inner_focus}px; }}

QLineEdit, QComboBox, QSpinBox, QDateEdit, QDateTimeEdit {{
  background: {field}; color: {text}; border: 1px solid {field_line}; border-radius: {radius}px;
  padding: 0 8px; min-height: {inner}px; placeholder-text-color: {muted};
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus, QDateTimeEdit:focus {{
  border: 2px solid {accent}; padding: 0 7px; min-height: {inner_focus}px; }}
QLineEdit[problem="true"] {{ border-color: {bad}; }}
QLineEdit:read-only {{ background: {window}; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{
  color: {disabled}; background: {window}; border-color: {line}; }}
QLineEdit[role="search"] {{ background: {window}; padding: 0 4px; }}
QLineEdit[role="search"]:focus {{ padding: 0 3px; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{
  border: none; background: transparent; padding: 0; min-height: 0; }}
QSpinBox, QDateEdit, QDateTimeEdit {{ min-height: {inner_focus}px; padding: 0; }}
QSpinBox:focus, QDateEdit:focus, QDateTimeEdit:focus {{ min-height: {inner_spin}px; padding: 0; }}
QLineEdit[role="palette"] {{
  border: none; border-bottom: 1px solid {line}; border-radius: 0; background: transparent;
  padding: 0 12px; min-height: {palette_field}px; font-size: {section_pt}pt; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: url("{icons}/control-down.svg"); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{
  background: {panel}; border: 1px solid {line}; padding: 4px; outline: none; }}
QSpinBox::up-button, QSpinBox::down-button, QDateEdit::up-button, QDateEdit::down-button,
QDateTimeEdit::up-button, QDateTimeEdit::down-button {{
  border: none; background: transparent; width: 20px; }}
QAbstractSpinBox::up-arrow {{ image: url("{icons}/control-up.svg"); width: 12px; height: 12px; }}
QAbstractSpinBox::down-arrow {{
  image: url("{icons}/control-down.svg"); width: 12px; height: 12px; }}
QPlainTextEdit, QTextEdit {{
  background: {field}; color: {text}; border: 1px solid {field_line}; border-radius: {radius}px;
  padding: 4px; placeholder-text-color: {muted};
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {accent}; padding: 3px; }}
QTextEdit[role="value"], QTextEdit[role="value"]:focus {{
  background: transparent; border: none; border-radius: 0; padding: 0; }}
QPlainTextEdit[problem="true"] {{ border-color: {bad}; }}

QCheckBox, QRadioButton {{ spacing: 8px; min-height: {check}px; }}
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator {{
  width: 16px; height: 16px; border: 1px solid {muted}; background: {field}; }}
QCheckBox::indicator, QListView::indicator {{ border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QCheckBox::indicator:checked, QListView::indicator:checked {{
  background: {accent}; border-color: {accent}; image: url("{icons}/{tick}.svg"); }}
QCheckBox::indicator:indeterminate {{ background: {accent_soft}; border-color: {accent}; }}
QRadioButton::indicator:checked {{
  width: 8px; height: 8px; border: 5px solid {accent}; background: {on_accent}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {accent_text}; }}
QCheckBox:focus, QRadioButton:focus {{ color: {accent_text}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{
  border-color: {line}; background: {window}; }}

QFrame[role="card"] {{
  background: {panel}; border: 1px solid {line}; border-radius: {card}px; }}
QFrame[role="code"] {{
  background: {panel}; border: 1px solid {line}; border-radius: {radius}px; }}
QFrame[role="popup"] {{
  background: {panel}; border: 1px solid {field_line}; border-radius: {card}px; }}
QFrame[role="chip"] {{
  background: {window}; border: 1px solid {line}; border-radius: 4px; }}
QFrame[role="name-chip"] {{ border: 1px solid transparent; border-radius: 10px; }}
QFrame[role="name-chip"][tone="accent"] {{ background: {accent_soft}; }}
QFrame[role="name-chip"][tone="bad"] {{ background: {bad_soft}; }}
QWidget[role="chip-text"][tone="accent"] {{ color: {accent_text}; }}
QWidget[role="chip-text"][tone="bad"] {{ color: {bad_text}; }}
QListWidget[role="framed"] {{ border: 1px solid {field_line}; border-radius: {radius}px; }}
QFrame[role="panel"], QWidget[role="panel"] {{ background: {panel}; }}
QFrame[role="page"] {{ background: {window}; }}
QFrame[role="side"] {{ background: {window}; border-left: 1px solid {line}; }}
QFrame[role="navigation"] {{ background: {navigation}; }}
QFrame[role="header"] {{ background: {panel}; border-bottom: 1px solid {line}; }}
QFrame[role="footer"] {{ background: {panel}; border-top: 1px solid {line}; }}
QFrame[role="status"] {{ background: {panel}; border-top: 1px solid {line}; }}
QFrame[role="rule"] {{ background: {line}; border: none; }}
QFrame[role="banner"][tone="accent"] {{
  background: {accent_soft}; border-radius: {card}px; }}
QFrame[role="banner"][tone="attention"] {{
  background: {attention_soft}; border-radius: {card}px; }}
QFrame[role="banner"][tone="bad"] {{ background: {bad_soft}; border-radius: {card}px; }}
QFrame[role="banner"][tone="good"] {{ background: {good_soft}; border-radius: {card}px; }}
QFrame[role="banner"] QLabel[role="body"] {{ color: {text}; }}
QFrame[role="banner"][tone="accent"] QLabel[role="strong"] {{ color: {text}; }}
QFrame[role="banner"][tone="attention"] QLabel[role="strong"] {{ color: {attention}; }}
QFrame[role="banner"][tone="bad"] QLabel[role="strong"] {{ color: {bad_text}; }}
QFrame[role="banner"][tone="good"] QLabel[role="strong"] {{ color: {good_text}; }}

QTabBar[role="underline"] {{ background: transparent; }}
QTabBar[role="underline"]::tab {{
  background: transparent; color: {muted}; border: none; padding: 0 1px; margin-right: 17px;
  height: {tab}px; border-bottom: 2px solid transparent; }}
QTabBar[role="underline"]::tab:hover {{ color: {text}; }}
QTabBar[role="underline"]::tab:selected {{
  color: {text}; font-weight: 600; border-bottom: 2px solid {accent}; }}
QTabBar[role="underline"]:focus::tab:selected {{ color: {accent_text}; }}

QHeaderView {{ background: {panel}; }}
QHeaderView::section {{
  background: {panel}; color: {muted}; border: none; border-bottom: 1px solid {line};
  padding: 0 3px; height: {header}px; font-weight: 400; }}
QHeaderView::section:hover {{ color: {text}; }}
QAbstractItemView {{ background: {panel}; border: none; outline: none;
  selection-background-color: {selection}; selection-color: {text}; }}
QTreeView, QTableView, QListView {{ show-decoration-selected: 1; }}
QScrollArea {{ background: transparent; border: none; }}
QSplitter::handle {{ background: {line}; }}

QMenuBar {{ background: {navigation}; border-bottom: 1px solid {line}; padding: 2px 6px; }}
QMenuBar::item {{ background: transparent; padding: 4px 8px; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {selection}; }}
QMenu {{ background: {panel}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 10px; border-radius: 4px; }}
QMenu::item:selected {{ background: {selection}; color: {text}; }}
QMenu::item:disabled {{ color: {disabled}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 6px; }}

QProgressBar {{ background: {neutral_soft}; border: none; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {field_line}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def style_sheet(tokens: Tokens, sizes: Sizes, font_points: float, icon_directory: Path) -> str:
    """The application's style sheet.

    font_points: the system font's own size; titles grow from it.
    icon_directory: where the control-*.svg files lie (arrows and ticks that Qt loads itself).
    """
    inner = sizes.control - 2
    filter_inner = sizes.control - 8
    return _SHEET.format(
        **tokens.colours(),
        field=tokens.window if tokens.dark else tokens.panel,
        title_pt=round(font_points * TITLE_SCALE, 1),
        heading_pt=round(font_points * HEADING_SCALE, 1),
        section_pt=round(font_points * 1.1, 1),
        radius=RADIUS,
        card=RADIUS_CARD,
        inner=inner,
        inner_focus=inner - 2,
        inner_spin=inner - 4,
        filter_inner=filter_inner,
        filter_inner_focus=filter_inner - 2,
        filter_radius=(filter_inner + 2) // 2,
        palette_field=sizes.control + 14,
        tick="control-tick-dark" if tokens.dark else "control-tick-light",
        check=sizes.control - 8,
        header=sizes.row - 2,
        tab=sizes.control + 8,
        icons=icon_directory.as_posix(),
    )
