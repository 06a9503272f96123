from PySide6.QtWidgets import QStyledItemDelegate

from ocrdesk.ui.kit.fields import SHOWN, choice_field, number_field


def test_a_choice_shows_its_list_without_scrolling_in_rows_that_can_be_dressed(qtbot):
    field = choice_field("choice")
    qtbot.addWidget(field)
    field.addItems([str(number) for number in range(SHOWN)])
    assert field.objectName() == "choice"
    assert field.maxVisibleItems() >= field.count()
    assert type(field.itemDelegate()) is QStyledItemDelegate


def test_a_number_keeps_to_its_bounds_and_has_room_before_it(qtbot):
    field = number_field("number", 2, 8, 5)
    qtbot.addWidget(field)
    assert (field.objectName(), field.minimum(), field.maximum(), field.value()) == ("number", 2, 8, 5)
    assert field.lineEdit().textMargins().left() > 0
