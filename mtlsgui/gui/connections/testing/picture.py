"""The drawing of a test as SVG, and that SVG as a picture, so that both show the same."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from mtlsgui.tls.drawing import LIGHT, draw
from mtlsgui.tls.result import ProbeResult

_SCALE = 2
_TALLEST = 16_000
"""Pixels: a picture that is taller than this becomes a smaller one."""


def drawn(result: ProbeResult) -> str:
    """The test as SVG: verdict, sequence and problems, dark on light wherever it is shown."""
    return draw(result, LIGHT)


def image_of(svg: str) -> QImage:
    """The drawing at twice its size."""
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    size = renderer.defaultSize()
    scale = min(_SCALE, _TALLEST / max(size.height(), 1))
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """The picture as a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
