"""Pages of each kind of layout, as the lines that a recognizer would find on them, in the order a person reads them."""

from dataclasses import replace

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.geometry import slices_of

HIGH, PITCH = 10, 15
"""Height of a line, and distance from one to the next."""

PROSE = (
    "The harbour lay still in the early light",
    "and the boats that had come in at night",
    "were tied to the quay in a long row of",
    "masts. Nobody spoke. A dog walked along",
    "the wall, stopped and looked at the sea",
)


def line(text: str, left: float, top: float, width: float, high: float = HIGH) -> Line:
    """A line with the places of its words."""
    polygon = ((left, top), (left + width, top), (left + width, top + high), (left, top + high))
    words, place = [], 0
    for word in text.split():
        start = text.index(word, place)
        place = start + len(word)
        words.append(Word(word, 0.9, slices_of(polygon, [(start / len(text), place / len(text))])[0]))
    return Line(text, 0.9, polygon, tuple(words))


def standing(text: str, left: float, top: float, length: float, wide: float = HIGH) -> Line:
    """A line written from top to bottom."""
    polygon = ((left, top), (left + wide, top), (left + wide, top + length), (left, top + length))
    count = len(text)
    words = tuple(
        Word(letter, 0.9, slices_of(polygon, [(n / count, (n + 1) / count)])[0]) for n, letter in enumerate(text)
    )
    return Line(text, 0.9, polygon, words)


def column(name: str, left: float, count: int, top: float = 0, width: float = 200) -> list[Line]:
    """Lines of prose, each with a name of its own; the last is short."""
    lines = []
    for number in range(count):
        share = 0.6 if number == count - 1 else 1 - 0.03 * (number % 3)
        lines.append(line(f"{name}{number} {PROSE[number % len(PROSE)]}", left, top + PITCH * number, share * width))
    return lines


def cells(rows: list[list[str]], lefts: list[float], widths: list[float], top: float = 0) -> list[Line]:
    """The cells of a table, row by row."""
    return [
        line(text, left, top + 20 * number, width)
        for number, row in enumerate(rows)
        for text, left, width in zip(row, lefts, widths, strict=True)
        if text
    ]


def two_columns() -> list[Line]:
    return [
        line("- 3 -", 205, -40, 20),
        line("A heading across both columns", 0, 0, 430, 16),
        *column("left", 0, 12, 40),
        *column("right", 230, 12, 40),
        line("17", 210, 260, 12),
    ]


def three_columns() -> list[Line]:
    return column("a", 0, 9) + column("b", 230, 8, 4) + column("c", 460, 9, 2)


def centred_columns() -> list[Line]:
    """Columns whose lines have no edge in common: only the white between them tells."""
    widths = (180, 110, 190, 120, 70, 170)
    return [
        line(f"{name}{number} of some words", middle - width / 2, PITCH * number, width)
        for name, middle in (("west", 100), ("east", 330))
        for number, width in enumerate(widths)
    ]


def article(name: str, left: float, top: float, columns: int, count: int) -> list[Line]:
    """Columns under a headline."""
    lines = [line(f"{name} is the news", left, top, 164 * columns - 34, 22)]
    for number in range(columns):
        lines += column(f"{name}{number}_", left + 164 * number, count, top + 34, 150)
    return lines


def newspaper() -> list[Line]:
    """An article across the page, and two side by side below it."""
    return article("Flood", 0, 0, 4, 10) + article("Fire", 0, 200, 2, 12) + article("Frost", 328, 200, 2, 12)


def articles_side_by_side() -> list[Line]:
    first, second, third = article("A", 0, 0, 1, 25), article("B", 164, 0, 2, 8), article("C", 164, 180, 2, 12)
    return first + second + third


def articles_above_each_other() -> list[Line]:
    """Articles of one column each, and others below them, whose headlines stand level."""
    places = {"A": (0, 0), "B": (164, 0), "C": (328, 0), "D": (0, 200), "E": (164, 200), "F": (328, 200)}
    return [its for name, (left, top) in places.items() for its in article(name, left, top, 1, 10)]


def articles_of_other_widths_below() -> list[Line]:
    upper = article("A", 0, 0, 2, 10) + article("B", 328, 0, 2, 9)
    return upper + article("C", 0, 200, 1, 10) + article("D", 164, 200, 2, 10) + article("E", 492, 200, 1, 9)


def articles_under_photographs() -> list[Line]:
    """Three columns whose rows stand in line, the last one short under a photograph and its headline."""
    left = [line("Flood in the valley is news", 0, 0, 290, 22), *column("A", 0, 13, 34, 150)]
    right = [line("Fire at the mill", 328, 0, 140, 22), *column("C", 328, 4, 34 + 9 * PITCH, 150)]
    return [*left, *column("B", 164, 13, 34, 150), *right]


def large_initial() -> list[Line]:
    beside = [line(f"first{number} {PROSE[number]}", 32, PITCH * number, 168) for number in range(3)]
    return [line("T", 0, 0, 28, 40), *beside, *column("main", 0, 9, PITCH * 3), *column("right", 230, 12)]


def table_of_wide_cells_beside_prose() -> list[Line]:
    cells = [(f"Town {row}", f"They came in {row} days after it", 21 * row) for row in range(12)]
    table = [its for first, last, top in cells for its in (line(first, 230, top, 40), line(last, 300, top, 110))]
    return [*column("main", 0, 14), *table]


def head_over_columns() -> list[Line]:
    """What stands at the left and at the right over three columns, nothing over the middle one."""
    head = [line("Rules", 0, 0, 90, 18), line("The Gazette", 460, 2, 70), line("6 May 1911", 460, 17, 60)]
    return [*head, *column("a", 0, 12, 50), *column("b", 230, 12, 50), *column("c", 460, 11, 50)]


def figures_with_captions() -> list[Line]:
    lines = [line("Three figures of the year", 130, 0, 200, 18), line("They were counted in the harbour", 0, 40, 430)]
    for name, middle, widths in (("a", 70, (90, 110, 70)), ("b", 230, (110, 90, 80)), ("c", 390, (90, 100, 60))):
        lines.append(line(f"{len(lines)}0%", middle - 30, 70, 60, 26))
        lines += [
            line(f"{name}{number} of the boats", middle - width / 2, 102 + 14 * number, width)
            for number, width in enumerate(widths)
        ]
    return lines


def lists_over_boxes() -> list[Line]:
    """Three lists, each with numbers before it, whose columns lie over those of two boxes close below."""
    lines = []
    for name, left, pitch, count in (("a", 0, 14, 11), ("b", 170, 17, 9), ("c", 340, 15, 10)):
        lines.append(line(f"{name} list", left, -25, 80, 14))
        for number in range(count):
            if number % 3 != 1:
                lines.append(line(f"{7 * number}", left, pitch * number, 12))
            lines.append(line(f"{name}{number} begins on it", left + 20, pitch * number, 100 + 9 * (number % 3)))
    boxes = [(name, left, line(f"{name} box", left, 168, 90, 14)) for name, left in (("left", 0), ("right", 250))]
    return lines + [its for name, left, heading in boxes for its in (heading, *column(name, left, 6, 188, 220))]


def title_over_lists() -> list[Line]:
    """A title over one of two lists whose rows do not stand in line."""
    return [line("All of it", 230, -40, 90, 18), *contents("West", 0, 14, 0, 18), *contents("East", 200, 11, 3, 23)]


def beside_pictures() -> list[Line]:
    """A column whose beginning stands beside a picture with a caption."""
    left = [*column("a", 0, 5), line("A heading", 60, 85, 80), *column("b", 0, 6, 103)]
    left += [line("Another heading", 50, 203, 100), *column("c", 0, 10, 222)]
    return [*left, line("The harbour", 290, 120, 80), *column("right", 230, 9, 224)]


def addresses_over_a_table() -> list[Line]:
    rows = [["Nails of iron, two inches", "12", "0.40", "4.80"], ["Boards of oak", "3", "9.00", "27.00"]]
    rows += [["Paint, white, for the hull", "2", "7.50", "15.00"], ["Rope of hemp, ten yards", "1", "6.10", "6.10"]]
    sender = [line(text, 0, 15 * number, 120) for number, text in enumerate(("Messrs. Hull", "14, Long Quay", "Hull"))]
    office = [line(text, 260, 15 * number, 110) for number, text in enumerate(("The Office", "Old Wall", "Whitby"))]
    return [*sender, *office, *cells(rows, [0, 190, 260, 330], [150, 20, 30, 30], 80)]


def labels_in_the_margin() -> list[Line]:
    """Words beside the paragraphs they name, read with their rows."""
    prose = column("main", 120, 18, 0, 300)
    labels = {2: "Boundaries", 7: "Harbour dues", 12: "Fisheries", 15: "Tolls"}
    labelled = [line(text, 0, PITCH * number, 80) for number, text in labels.items()]
    lines: list[Line] = []
    for number, its in enumerate(prose):
        lines += [label for label in labelled if label.polygon[0][1] == PITCH * number] + [its]
    return lines


def headings_across() -> list[Line]:
    return [
        *column("a", 0, 5),
        *column("b", 230, 5),
        line("A second part begins here", 0, 100, 430, 12),
        *column("c", 0, 5, 140),
        *column("d", 230, 5, 140),
    ]


def around_a_picture() -> list[Line]:
    """Columns that give way to a picture between them, under which a caption stands."""
    left = column("left", 0, 6) + column("narrow", 0, 10, 90, 140) + column("below", 0, 6, 240)
    right = column("east", 230, 6) + column("slim", 290, 10, 90, 140) + column("under", 230, 6, 240)
    caption = [line("The old mill", 170, 212, 90), line("in winter", 180, 226, 70)]
    return left + right + caption


def contents(name: str, left: float, count: int, top: float, pitch: float) -> list[Line]:
    """Numbers of pages, each with what begins there."""
    lines = []
    for number in range(count):
        place, width = top + pitch * number, 50 + 40 * (number % 3)
        lines += [line(f"{10 + 7 * number}", left, place, 12), line(f"{name}{number} begins", left + 25, place, width)]
    return lines


def two_lists() -> list[Line]:
    """Tables of contents side by side, whose rows do not stand in line."""
    return [line("Contents", 120, -40, 80, 16), *contents("West", 0, 14, 0, 18), *contents("East", 200, 11, 3, 23)]


def two_tables() -> list[Line]:
    """Tables of narrow cells side by side, whose rows lie in steps of their own."""
    left = [[f"Town {number}", f"{1900 + number}"] for number in range(14)]
    right = [[f"Boat {number}", f"{number}.50", f"{number},000"] for number in range(9)]
    lines = [line(text, 90 * n, 16 * row, 40) for row, its in enumerate(left) for n, text in enumerate(its)]
    return lines + [
        line(text, 170 + 70 * n, 25 * row, 30) for row, its in enumerate(right) for n, text in enumerate(its)
    ]


def list_beside_prose() -> list[Line]:
    return contents("Town", 0, 9, 0, 24) + column("main", 210, 14)


def boxed_columns() -> list[Line]:
    """A box whose heading reaches over its second column."""
    heading = line("Which of the two should I have?", 0, 0, 290, 12)
    return [heading, *column("one", 0, 5, 22), *column("two", 230, 6, 22), line("After it", 0, 150, 60)]


def caption_over_columns() -> list[Line]:
    """Three lines over both columns, of which words end near the gutter."""
    rows = [
        "Table 2 tells how many of the boats came in at last",
        "and which of them were lost in the storms of winter",
        "before the harbour was built by the men of the town",
    ]
    caption = [line(row, 0, PITCH * number - 90, 430) for number, row in enumerate(rows)]
    return [*caption, *column("left", 0, 12), *column("right", 230, 12)]


def footnotes() -> list[Line]:
    notes = [line(f"{number} See the note of that year", 0, 260 + 11 * number, 90, 7) for number in (1, 2, 3)]
    return column("left", 0, 14) + notes + column("right", 230, 20) + [line("4 Ibid.", 230, 300, 30, 7)]


def found_as_one() -> list[Line]:
    """Two columns, of which two lines side by side were found as one."""
    left, right = column("left", 0, 8), column("right", 212, 8)
    return [*left[:3], as_one(left[3], right[3]), *left[4:], *right[:3], *right[4:]]


def mostly_found_as_one() -> list[Line]:
    """Three columns, of which many lines side by side were found as one, first on the left and below on the right."""
    left, middle, right = (column(name, 208 * n, 20) for n, name in enumerate(("left", "middle", "right")))
    lines = []
    for number, (one, two, three) in enumerate(zip(left, middle, right, strict=True)):
        if 3 <= number < 10:
            lines += [as_one(one, two), three]
        else:
            lines += [one, as_one(two, three)] if 11 <= number < 18 else [one, two, three]
    return lines


def as_one(before: Line, after: Line) -> Line:
    """Two lines side by side, as they are where they were found as one."""
    (left, top), (right, _) = before.polygon[0], after.polygon[1]
    return replace(line(f"{before.text} {after.text}", left, top, right - left), words=before.words + after.words)


def receipt() -> list[Line]:
    rows = [["Bread", "2.40"], ["Milk", "1.09"], ["Apples and pears", "3.15"], ["Sum", "6.64"], ["Cash", "10.00"]]
    return [line("Corner Shop", 90, -60, 100, 14), *cells(rows, [0, 250], [90, 30])]


def table() -> list[Line]:
    rows = [["Place", "Year", "Visitors"], *([f"Town {n}", str(1900 + n), f"{n},000"] for n in range(6))]
    return cells(rows, [0, 130, 220], [60, 30, 40])


def table_of_phrases() -> list[Line]:
    """Cells as wide as prose, in rows that stand in line; the left ones are narrower."""
    lines = []
    for number in range(9):
        left, right = 80 + 12 * (number % 4), 150 + 35 * (number % 3)
        lines.append(line(f"Boats of type {number}", 0, 18 * number, left))
        lines.append(line(f"They came in {number} days after the storm", 160, 18 * number, right))
    return lines


def form() -> list[Line]:
    rows = [["Name", "Anna Example"], ["Born", "3 May 1911"], ["Street", "Long Road 4"], ["Signed", "A. E."]]
    return cells(rows, [0, 120], [40, 110])


def margin_notes() -> list[Line]:
    notes = [line("Compare the", 330, 33, 60, 8), line("older text", 330, 43, 55, 8)]
    return column("main", 0, 16, 0, 300) + notes


def sidebar() -> list[Line]:
    return column("main", 0, 14, 0, 260) + column("aside", 300, 6, 30, 110)


def downwards() -> list[Line]:
    """Japanese or Chinese: from top to bottom, from right to left."""
    texts = ("発票号码一二三", "四五六七八九十", "春夏秋冬東西南", "北山川海空雲雨")
    return [standing(text, 200 - 18 * number, 20, 140) for number, text in enumerate(texts)]


def mixed_scripts() -> list[Line]:
    return [
        line("发票号码", 0, 0, 60),
        line("Invoice number", 0, 15, 90),
        line("总计", 0, 60, 30),
        line("Total", 200, 60, 40),
    ]


def typescript() -> list[Line]:
    return [line("-7-", 140, 0, 12), *column("first", 0, 6, 40, 300), *column("second", 0, 5, 145, 300)]


ALL = {
    build.__name__: build
    for build in (
        two_columns, three_columns, centred_columns, headings_across, newspaper, articles_side_by_side,
        around_a_picture, two_lists, two_tables, list_beside_prose, boxed_columns, caption_over_columns, footnotes,
        articles_above_each_other, articles_of_other_widths_below, articles_under_photographs,
        table_of_wide_cells_beside_prose, large_initial, head_over_columns, figures_with_captions, lists_over_boxes,
        title_over_lists, beside_pictures, addresses_over_a_table, labels_in_the_margin, receipt, table,
        table_of_phrases, form, margin_notes, sidebar, downwards, mixed_scripts, typescript,
    )
}  # fmt: skip
"""Those whose lines are found as they stand."""
