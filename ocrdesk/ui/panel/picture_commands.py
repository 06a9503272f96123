"""How the picture of the page is shown: how large, and what is drawn on it."""

from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.panel.picture_view import PictureView


class PictureCommands(Commands):
    """Shows the picture otherwise."""

    def __init__(self, desk: Desk, picture: PictureView) -> None:
        super().__init__(desk)
        self._picture = picture

    @Command("Show lines", "Show the lines that were found on the picture", icon="lines", is_checkable=True)
    def show_lines(self, are_shown: bool) -> None:
        """Frames all lines on the picture, or only the one under the pointer."""
        self._picture.show_lines(are_shown)

    @Command("Number the lines", "Show the order of the lines on the picture", icon="numbers", is_checkable=True)
    def number_lines(self, are_numbered: bool) -> None:
        """Shows the order of the lines on the picture, or hides it."""
        self._picture.show_numbers(are_numbered)

    @Command("Larger picture", "Show the picture larger", icon="zoom-in")
    def zoom_in(self) -> None:
        """Shows the picture larger."""
        self._picture.zoom_in()

    @Command("Smaller picture", "Show the picture smaller", icon="zoom-out")
    def zoom_out(self) -> None:
        """Shows the picture smaller."""
        self._picture.zoom_out()

    @Command("Fit the width", "Fit the picture to the width of the panel", icon="zoom-fit")
    def zoom_fit(self) -> None:
        """Fits the width of the picture into its place."""
        self._picture.zoom_fit()
