"""Pages in Chinese and with the marks of seven languages."""

from __future__ import annotations

from PIL import Image, ImageFont

from drawing.paper import PALE, SOFT, Fonts, Sheet

CHINESE_TITLE = "河边的旧书店"
CHINESE_TEXT = (
    "小城的河边有一家旧书店，门口挂着一盏黄色的灯。店里只有两个房间，书却从地板一直堆到天花板。"
    "店主说，这里一共有六千三百本书，他每一本都翻过。",
    "下雨的日子，来的人最多。有人进来躲雨，最后却带走了一本诗集；有人只想找一张老地图，"
    "结果坐在窗边读了整个下午。店主从不催促客人，只是悄悄给他们倒上一杯热茶。",
    "去年冬天，河水结了冰，灯也坏了。街坊们一起凑钱，给书店换了新的电线和窗户。"
    "春天再开门的时候，墙上多了一块木板，上面写着：“借书不必急着还，还书时请讲一个故事。”",
    "从那以后，每个星期六的晚上，人们都会来这里听故事。孩子坐在前面，老人坐在后面，那只灰猫总是睡在最高的书架上，一动也不动。",
)
NEVER_FIRST = "，。；：、！？”）》"
NEVER_LAST = "“（《"


def wrap_chinese(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Break Chinese text into lines; no line begins with a stop or ends with an opening mark."""
    lines, line = [], ""
    for letter in text:
        if line and font.getlength(line + letter) > width:
            keep = len(line)
            if letter in NEVER_FIRST:
                keep -= 1
            while keep > 1 and (line[keep - 1] in NEVER_LAST or (keep < len(line) and line[keep] in NEVER_FIRST)):
                keep -= 1
            lines.append(line[:keep])
            line = line[keep:]
        line += letter
    return [*lines, line]


def draw_chinese(fonts: Fonts) -> Image.Image:
    """Draw a short text in simplified Chinese."""
    sheet = Sheet(fonts)
    left, size, leading = 170, 36, 68
    width = 25 * size
    middle = sheet.width / 2
    sheet.spaced(middle, 236, CHINESE_TITLE, "cjk", 66, 8)
    sheet.text(middle, 312, "本刊编辑部    二〇二四年五月", "cjk", 28, ink=SOFT, at="ms")
    sheet.rule(left, 356, left + width, 2, SOFT)
    font = sheet.fonts("cjk", size)
    y: float = 452
    for paragraph in CHINESE_TEXT:
        lines = wrap_chinese("\u3000\u3000" + paragraph, font, width)
        for number, line in enumerate(lines, 1):
            # Full lines end at the right margin.
            full = number < len(lines) and line[-1] not in NEVER_FIRST
            gap = (width - font.getlength(line)) / (len(line) - 1) if full else 0.0
            x: float = left
            for letter in line:
                sheet.text(x, y, letter, "cjk", size)
                x += font.getlength(letter) + gap
            y += leading
        y += 16
    sheet.rule(left, 1610, left + width, 1, PALE)
    sheet.text(left, 1656, "小城生活  第十二期", "cjk", 26, ink=SOFT)
    sheet.text(left + width, 1656, "第 3 页", "cjk", 26, ink=SOFT, at="rs")
    return sheet.image


ACCENTS = (
    (
        "Deutsch",
        "Über der Straße hängt süßer Duft: Die Bäckerin öffnet früh ihre Tür. Ein großes Brot kostet 4,80 €, "
        "und für Schüler gibt es Brötchen vom Vortag umsonst.",
    ),
    (
        "Français",
        "Où êtes-vous allés cet été ? À la forêt, près d'un vieux château où l'hôtel était fermé. Le garçon "
        "nous a prêté sa clé et une tasse de thé glacé.",
    ),
    (
        "Español",
        "¿Cuándo volverá la niña con su pequeño burro? Mañana, después del almuerzo, bajarán de la montaña. "
        "¡Qué alegría tendrá el señor Ibáñez!",
    ),
    (
        "Čeština",
        "Říčka teče přes žlutou louku až k našemu domu. Večer tam slýcháme žáby, a když prší, běžíme "
        "zavřít kůlnu a dveře od sklepa.",
    ),
    (
        "Dansk",
        "På øen står et gammelt æbletræ, som blæsten bøjer mod søen. Hvert år får børnene lov til at plukke "
        "de røde æbler.",
    ),
    (
        "Polski",
        "Żółta łódka płynie powoli w stronę brzegu. Łukasz wyciąga sieć, a jego córka liczy źdźbła trawy i "
        "śpiewa cichą pieśń.",
    ),
    ("English", "The café charges £3.50 for a crème brûlée, which is about 4.10 € at today's rate."),
)


def draw_accents(fonts: Fonts) -> Image.Image:
    """Draw sentences in seven languages with their own letters."""
    sheet = Sheet(fonts)
    left, right, indent = 130, sheet.width - 130, 190
    sheet.text(left, 178, "Letters with marks", "serif-bold", 56)
    sheet.text(left, 228, "Seven languages, a few sentences each", "serif-italic", 30, ink=SOFT)
    sheet.rule(left, 262, right, 3)
    y: float = 340
    for number, (language, text) in enumerate(ACCENTS):
        if number:
            sheet.rule(left, y - 57, right, 1, PALE)
        sheet.text(left, y, language, "sans-bold", 25, ink=70)
        y = sheet.paragraph(left + indent, y, text, "serif", 32, right - left - indent, 47) + 63
    return sheet.image
