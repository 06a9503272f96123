"""A business letter, and a notice that lies upside down."""

from __future__ import annotations

from PIL import Image

from drawing.paper import A5_ACROSS, INK, PALE, SOFT, Fonts, Sheet


def draw_letter(fonts: Fonts) -> Image.Image:
    """Draw a business letter."""
    sheet = Sheet(fonts)
    left, right = 150, sheet.width - 150
    sheet.text(left, 168, "Lantern Lane Joinery", "serif-bold", 50)
    sheet.text(left, 206, "Staircases, shelves and windows made to measure", "serif-italic", 25, ink=SOFT)
    for number, line in enumerate(("14 Lantern Lane", "Oxmere OX0 4ZZ", "01632 960 147")):
        sheet.text(right, 142 + 32 * number, line, "sans", 23, ink=SOFT, at="rs")
    sheet.rule(left, 238, right, 3)

    for number, line in enumerate(("Mrs Adela Quill", "The Old Ferry House", "3 Ferry Steps", "Oxmere OX0 2ZY")):
        sheet.text(left, 332 + 34 * number, line, "serif", 26)
    sheet.text(right, 332, "12 March 2024", "serif", 26, at="rs")
    sheet.text(right, 366, "Our reference: LJ-2047", "serif", 26, at="rs")

    sheet.text(left, 548, "Shelves for the reading room", "serif-bold", 29)
    sheet.text(left, 606, "Dear Mrs Quill,", "serif", 26)
    width, leading = right - left, 36
    y = sheet.paragraph(
        left,
        660,
        "Thank you for showing us the reading room last Thursday. The walls are straighter than the age of "
        "the house had led us to expect, so the shelves can stand against them without a frame. We have "
        "kept the window seat as you asked, and the middle shelf now runs right round the room.",
        "serif",
        26,
        width,
        leading,
    )
    y = sheet.paragraph(
        left,
        y + 18,
        "The price below covers the timber, the work in our shop and two days of fitting in your house. It "
        "holds until the end of May.",
        "serif",
        26,
        width,
        leading,
    )
    y += 26
    rows = (
        ("Ash boards, planed and oiled", "1,180.00"),
        ("Making, 46 hours", "1,610.00"),
        ("Delivery and fitting", "540.00"),
    )
    inset = 40
    sheet.text(left + inset, y, "Item", "sans-bold", 22)
    sheet.text(right - inset, y, "Price in pounds", "sans-bold", 22, at="rs")
    sheet.rule(left + inset, y + 14, right - inset, 2)
    for name, price in rows:
        y += 46
        sheet.text(left + inset, y, name, "serif", 26)
        sheet.text(right - inset, y, price, "serif", 26, at="rs")
    sheet.rule(left + inset, y + 18, right - inset, 2)
    y += 56
    sheet.text(left + inset, y, "Total", "serif-bold", 26)
    sheet.text(right - inset, y, "3,330.00", "serif-bold", 26, at="rs")
    y = sheet.paragraph(
        left,
        y + 74,
        "If you would like us to go ahead, please sign the enclosed copy and send it back to us together "
        "with a third of the sum. We could begin on Monday, 8 April, and would be done by that Thursday. "
        "Should the colour of the oil still trouble you, come by: there are nine small boards on our window "
        "sill for you to hold against your floor.",
        "serif",
        26,
        width,
        leading,
    )
    y += 24
    sheet.text(left, y, "Yours sincerely,", "serif", 26)
    sheet.text(left + 4, y + 76, "Tobias Wren", "serif-italic", 46, ink=70)
    sheet.text(left, y + 134, "Tobias Wren, master joiner", "serif", 26)

    sheet.rule(left, 1652, right, 1, PALE)
    foot = "Open Monday to Friday, 8 to 5   |   post@lanternlane.example   |   Account 00 11 22"
    sheet.text(sheet.width / 2, 1690, foot, "sans", 22, ink=SOFT, at="ms")
    return sheet.image


def draw_notice(fonts: Fonts) -> Image.Image:
    """Draw a short typed notice, turned upside down."""
    sheet = Sheet(fonts, A5_ACROSS)
    left, middle, width = 150, sheet.width / 2, sheet.width - 300
    sheet.draw.rectangle((60, 60, sheet.width - 61, sheet.height - 61), outline=INK, width=3)
    sheet.draw.rectangle((70, 70, sheet.width - 71, sheet.height - 71), outline=INK, width=1)
    sheet.text(middle, 186, "NOTICE TO ALL TENANTS", "mono-bold", 46, at="ms")
    sheet.rule(middle - 293, 210, middle + 293, 3)
    y = sheet.paragraph(
        left,
        304,
        "The water will be turned off in the whole house on Tuesday, 4 June, from 9 in the morning until "
        "about 1 in the afternoon. The old pipes in the cellar are to be replaced on that day.",
        "mono",
        28,
        width,
        44,
    )
    y = sheet.paragraph(
        left,
        y + 22,
        "Please fill a jug the evening before and close all taps when you leave. The first water may be "
        "brown: let it run for a minute.",
        "mono",
        28,
        width,
        44,
    )
    sheet.text(left, y + 46, "Oxmere, 24 May 2024", "mono", 28)
    sheet.text(sheet.width - left, y + 46, "The caretaker", "mono", 28, at="rs")
    return sheet.image.transpose(Image.Transpose.ROTATE_180)
