from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QWidget

from ocrdesk.ui.drops import DropVeil, dragged_paths


def mime(*urls: QUrl) -> QMimeData:
    data = QMimeData()
    data.setUrls(list(urls))
    return data


def test_files_and_folders_are_taken_and_nothing_else(tmp_path):
    paths = [tmp_path / "a folder", tmp_path / "Übung #1 %20.png"]
    local = [QUrl.fromLocalFile(str(path)) for path in paths]
    assert dragged_paths(mime(local[0], QUrl("https://example.org/scan.png"), local[1])) == paths
    assert dragged_paths(mime()) == []
    text = QMimeData()
    text.setText(str(Path("/scans/1.png")))
    assert dragged_paths(text) == []


def test_the_veil_covers_the_window_and_lets_the_mouse_through(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    child = QWidget(window)
    veil = DropVeil(window)
    with qtbot.waitExposed(window):
        window.show()
    assert not veil.isVisible()
    veil.show_words("Read these in a new batch")
    assert veil.isVisible()
    assert veil.geometry() == window.rect()
    assert window.children()[-1] is veil, "it lies on top"
    assert veil.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert not child.isHidden()
    window.grab()
