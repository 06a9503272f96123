"""Draws receipts whose values are known: till receipts, invoices and tickets of many countries, clean and worn.

    python benchmarks/receipts_drawn.py FOLDER [--count 5] [--kinds tuned|held_out] [--seed 1]

FOLDER gets the pictures and ``truth.json``, as ``receipts.py`` wants it. Rules may be made by looking at what comes of
the ``TUNED`` kinds; those ``HELD_OUT`` have layouts, languages, labels and forms of dates of their own, and are for
measuring alone. Their layouts are in ``receipts_held_out.py``.
"""

import argparse
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = Path("/usr/share/fonts")
PLAIN = ("DejaVuSansMono.ttf", "DejaVuSans.ttf", "NimbusMonoPS-Regular.otf", "NimbusSans-Regular.otf",
         "NimbusSansNarrow-Regular.otf", "DejaVuSansCondensed.ttf")  # fmt: skip
IDEOGRAPHIC = "DroidSansFallbackFull.ttf"
"""The font of letters that no plain one has; it has no Latin ones itself."""

Cell = tuple[float, str, str]
"""Where it stands, as a part of the width; "l", "c" or "r": what of it stands there; its text."""


@dataclass
class Receipt:
    """What is printed, row by row, and what it says.

    Attributes:
        chance: Decides about everything.
        truth: The values printed on it.
        width: Of the paper, in letters.
        rows: Cells, and how large each row is printed, from the top.
    """

    chance: random.Random
    truth: dict[str, str | None] = field(default_factory=dict)
    width: int = 40
    rows: list[tuple[list[Cell], float]] = field(default_factory=list)

    def middle(self, text: str, size: float = 1.0) -> None:
        """Prints a row in the middle."""
        self.rows.append(([(0.5, "c", text)], size))

    def left(self, text: str, size: float = 1.0) -> None:
        """Prints a row at the left."""
        self.rows.append(([(0.0, "l", text)], size))

    def right(self, text: str, size: float = 1.0) -> None:
        """Prints a row at the right."""
        self.rows.append(([(1.0, "r", text)], size))

    def pair(self, left: str, right: str, size: float = 1.0) -> None:
        """Prints a row with something at either end."""
        self.rows.append(([(0.0, "l", left), (1.0, "r", right)], size))

    def cells(self, *cells: Cell, size: float = 1.0) -> None:
        """Prints a row of cells."""
        self.rows.append((list(cells), size))

    def gap(self) -> None:
        """Leaves some room."""
        self.rows.append(([], 0.6))

    def line(self, letter: str = "-") -> None:
        """Prints a line of dashes."""
        self.middle(letter * (self.width - 4))

    def amounts(self, least: int, most: int, prices: tuple[int, int], step: int = 1) -> list[Decimal]:
        """Prices of some goods; ``prices`` in hundredths."""
        count = self.chance.randint(least, most)
        return [Decimal(self.chance.randrange(*prices, step)) / 100 for _ in range(count)]

    def day(self) -> date:
        """A day of the last years."""
        chosen = date(2016, 1, 1) + timedelta(days=self.chance.randrange(3500))
        self.truth["date"] = chosen.isoformat()
        return chosen

    def clock(self) -> str:
        """Some time of day."""
        return f"{self.chance.randint(7, 22):02}:{self.chance.randint(0, 59):02}"

    def digits(self, count: int) -> str:
        """Some digits."""
        return "".join(str(self.chance.randint(0, 9)) for _ in range(count))

    def sums(self, goods: list[Decimal], rate: int, *, included: bool) -> tuple[Decimal, Decimal, Decimal]:
        """Net, tax and total of goods; notes tax and total."""
        amount, cent = sum(goods, Decimal(0)), Decimal("0.01")
        if included:
            tax = (amount * rate / (100 + rate)).quantize(cent)
            net, total = amount - tax, amount
        else:
            tax = (amount * rate / 100).quantize(cent)
            net, total = amount, amount + tax
        self.truth |= {"total": f"{total:.2f}", "tax": f"{tax:.2f}"}
        return net, tax, total


def comma(value: Decimal, between: str = ".") -> str:
    """An amount as it is written on most of the continent."""
    return f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", between)


def point(value: Decimal) -> str:
    """An amount as it is written in English."""
    return f"{value:,.2f}"


def whole_notes(total: Decimal, chance: random.Random) -> Decimal:
    """What is handed over for a sum."""
    note = Decimal(chance.choice([5, 10, 20, 50]))
    return (total // note + 1) * note


class Pen:
    """Writes in one font, and letters that it lacks in another."""

    def __init__(self, plain: str, height: int) -> None:
        self._fonts = [ImageFont.truetype(str(next(FONTS.rglob(name))), height) for name in (plain, IDEOGRAPHIC)]

    def length(self, text: str) -> float:
        """How wide a text is, in pixels."""
        return sum(font.getlength(part) for part, font in self._parts(text))

    def write(self, on: ImageDraw.ImageDraw, x: float, y: float, text: str, ink: int) -> None:
        """Writes a text."""
        for part, font in self._parts(text):
            on.text((x, y), part, fill=ink, font=font)
            x += font.getlength(part)

    def _parts(self, text: str) -> list[tuple[str, ImageFont.FreeTypeFont]]:
        pieces = groupby(text, lambda letter: letter > "\u2fff")
        return [("".join(letters), self._fonts[is_ideographic]) for is_ideographic, letters in pieces]


def draw(receipt: Receipt, wear: int) -> Image.Image:
    """Draws a receipt; the more ``wear`` (0 to 3), the paler, the more skewed and the noisier it is."""
    chance = receipt.chance
    height, font = chance.randint(22, 34), chance.choice(PLAIN)
    pens = {size: Pen(font, int(height * size)) for size in {1.0, *(size for _cells, size in receipt.rows)}}
    width = max(int(receipt.width * pens[1.0].length("0") * 1.02), 500)
    margin, gap = 50, chance.uniform(1.3, 1.6)
    total = sum(int(height * size * gap) for _cells, size in receipt.rows)
    paper = Image.new("L", (width + 2 * margin, total + 4 * margin), chance.randint(238, 255))
    on, y = ImageDraw.Draw(paper), 2 * margin
    for cells, size in receipt.rows:
        for place, anchor, text in cells:
            x = margin + place * width - {"l": 0, "c": 0.5, "r": 1}[anchor] * pens[size].length(text)
            pens[size].write(on, x, y, text, chance.randint(10, 50))
        y += int(height * size * gap)
    return _worn(paper, wear, chance)


def _worn(paper: Image.Image, wear: int, chance: random.Random) -> Image.Image:
    noise = np.random.default_rng(chance.randrange(10**6))
    if wear:
        ground = paper.getpixel((2, 2))
        angle = chance.uniform(-0.8, 0.8) * wear
        paper = paper.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=ground)
        paper = paper.filter(ImageFilter.GaussianBlur(0.35 * wear))
    picture = np.asarray(paper, np.float32)
    if wear > 1:  # thermal paper fades in bands
        rows = np.linspace(0, chance.uniform(2, 5), picture.shape[0])
        fade = 0.3 + 0.18 * wear * (0.5 + 0.5 * np.sin(rows * 2 + chance.uniform(0, 6)))
        picture = 255 - (255 - picture) * (1 - np.clip(fade, 0, 0.75))[:, None]
    picture = picture + noise.normal(0, 1 + 4 * wear, picture.shape)
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).convert("RGB")


# The kinds that rules may be made with


def british_till(it: Receipt) -> None:
    """A till receipt from Britain."""
    shop = it.chance.choice(["Hartley & Sons Ltd", "GREENWAY STORES", "The Corner Bakery", "Mill Lane Hardware Ltd"])
    it.truth |= {"shop": shop, "currency": "GBP", "number": "R" + it.digits(6)}
    it.middle(shop, 1.3)
    it.middle(f"{it.chance.randint(2, 90)} Station Road, Leeds LS1 {it.digits(1)}AB")
    it.middle(f"VAT No: GB {it.digits(9)}")
    it.middle(f"Tel 0113 {it.digits(3)} {it.digits(4)}")
    it.gap()
    it.pair(f"Receipt No: {it.truth['number']}", it.clock())
    it.left("Date: " + it.day().strftime(it.chance.choice(["%d/%m/%Y", "%d %b %Y", "%d-%m-%y"])))
    it.line()
    goods = it.amounts(2, 6, (80, 1900))
    for price in goods:
        it.pair(it.chance.choice(["Bread", "Milk 2L", "Light bulb", "Screws M4", "Apples"]), point(price))
    it.line()
    net, tax, total = it.sums(goods, 20, included=True)
    it.pair("TOTAL", f"£{point(total)}", it.chance.choice([1, 1.4]))
    if it.chance.random() < 0.6:
        paid = whole_notes(total, it.chance)
        it.pair("Cash", f"£{point(paid)}")
        it.pair("Change", f"£{point(paid - total)}")
    else:
        it.pair("Card", f"£{point(total)}")
    it.cells((0, "l", "VAT 20%"), (0.6, "r", f"Net {point(net)}"), (1, "r", f"VAT {point(tax)}"))
    it.middle("Thank you for your custom")


def german_market(it: Receipt) -> None:
    """A till receipt from Germany, with a table of taxes and the day at its end."""
    shop = it.chance.choice(
        ["Müller Lebensmittel GmbH", "Frischemarkt Süd", "Drogerie am Platz e.K.", "BAUHAUS Weber KG"]
    )
    it.truth |= {"shop": shop, "currency": "EUR", "number": it.digits(4)}
    it.middle(shop, 1.2)
    it.middle(f"Hauptstr. {it.chance.randint(1, 99)}, 70{it.digits(3)} Stuttgart")
    it.middle(f"UID Nr.: DE{it.digits(9)}")
    it.gap()
    it.right("EUR")
    goods = it.amounts(3, 8, (49, 2500))
    for price in goods:
        it.pair(it.chance.choice(["Vollmilch", "Brötchen", "Käse", "Seife", "Pfand"]), f"{comma(price)} A")
    it.line("=")
    net, tax, total = it.sums(goods, 19, included=True)
    it.pair(
        it.chance.choice(["SUMME", "Gesamtbetrag", "zu zahlen"]) + it.chance.choice(["", " EUR"]), comma(total), 1.3
    )
    paid = whole_notes(total, it.chance)
    it.pair("Bar", comma(paid))
    it.pair("Rückgeld", comma(paid - total))
    it.gap()
    it.cells((0, "l", "Steuer"), (0.45, "r", "Netto"), (0.72, "r", "MwSt"), (1, "r", "Brutto"))
    it.cells((0, "l", "A 19%"), (0.45, "r", comma(net)), (0.72, "r", comma(tax)), (1, "r", comma(total)))
    it.gap()
    it.pair(f"Datum {it.day().strftime(it.chance.choice(['%d.%m.%Y', '%d.%m.%y']))}", f"Uhrzeit {it.clock()}")
    it.left(f"Bon-Nr.: {it.truth['number']}")
    it.middle("Vielen Dank für Ihren Einkauf!")


def french_invoice(it: Receipt) -> None:
    """An invoice from France."""
    shop = it.chance.choice(["Garage Lefèvre SARL", "Menuiserie Dubois", "Librairie du Port", "Atelier Moreau SAS"])
    it.width, it.truth["shop"], it.truth["currency"] = 60, shop, "EUR"
    it.left(shop, 1.4)
    it.left(f"{it.chance.randint(1, 80)} rue de la République")
    it.left(f"69{it.digits(3)} Lyon")
    it.left(f"SIRET {it.digits(14)}")
    it.gap()
    it.truth["number"] = f"F{it.chance.randint(2018, 2025)}-{it.digits(4)}"
    it.pair(f"FACTURE N° {it.truth['number']}", "Date : " + it.day().strftime("%d/%m/%Y"), 1.1)
    it.gap()
    it.cells((0, "l", "Désignation"), (0.6, "r", "Qté"), (0.8, "r", "P.U. HT"), (1, "r", "Montant HT"))
    goods = it.amounts(1, 4, (1500, 60000))
    for price in goods:
        it.cells((0, "l", it.chance.choice(["Réparation", "Main d'oeuvre", "Livres", "Bois"])), (0.6, "r", "1"),
                 (0.8, "r", comma(price, " ")), (1, "r", comma(price, " ")))  # fmt: skip
    it.gap()
    net, tax, total = it.sums(goods, 20, included=False)
    it.cells((0.75, "r", "Total HT"), (1, "r", f"{comma(net, ' ')} €"))
    it.cells((0.75, "r", "TVA 20 %"), (1, "r", f"{comma(tax, ' ')} €"))
    it.cells((0.75, "r", "Total TTC"), (1, "r", f"{comma(total, ' ')} €"), size=1.2)
    it.gap()
    it.left("Conditions de règlement : 30 jours")


def spanish_ticket(it: Receipt) -> None:
    """A till receipt from Spain."""
    shop = it.chance.choice(["Bar El Rincón", "Ferretería López S.L.", "Panadería La Espiga", "Cafetería Sol"])
    it.truth |= {"shop": shop, "currency": "EUR", "number": it.digits(6)}
    it.middle(shop, 1.2)
    it.middle(f"C/ Mayor {it.chance.randint(1, 99)}, 28{it.digits(3)} Madrid")
    it.middle(f"C.I.F. B{it.digits(8)}")
    it.gap()
    it.left("Factura simplificada: " + str(it.truth["number"]))
    it.pair("Fecha: " + it.day().strftime("%d/%m/%Y"), "Hora: " + it.clock())
    it.line()
    goods = it.amounts(2, 5, (120, 1800))
    for price in goods:
        it.cells((0, "l", "1"), (0.1, "l", it.chance.choice(["Café", "Bocadillo", "Agua", "Clavos"])),
                 (1, "r", comma(price)))  # fmt: skip
    it.line()
    net, tax, total = it.sums(goods, 10, included=True)
    it.pair("Base imponible", comma(net))
    it.pair("IVA 10%", comma(tax))
    it.pair("TOTAL", f"{comma(total)} €", 1.3)
    it.pair("Efectivo", comma(total + 5))
    it.pair("Cambio", comma(Decimal(5)))
    it.middle("Gracias por su visita")


def japanese_shop(it: Receipt) -> None:
    """A till receipt from Japan: amounts without decimals."""
    shop = it.chance.choice(["丸山商店", "株式会社みどり", "中央書店", "喫茶さくら"])
    it.width, it.truth["shop"], it.truth["currency"] = 34, shop, "JPY"
    it.middle(shop, 1.3)
    it.middle(f"東京都新宿区西新宿{it.chance.randint(1, 8)}-{it.digits(1)}-{it.digits(2)}")
    it.middle(f"電話 03-{it.digits(4)}-{it.digits(4)}")
    it.middle("領収書")
    day = it.day()
    it.pair(it.chance.choice([f"{day.year}年{day.month:02}月{day.day:02}日", f"{day:%Y/%m/%d}"]), it.clock())
    it.truth["number"] = it.digits(5)
    it.left(f"伝票番号: {it.truth['number']}")
    goods = it.amounts(2, 5, (12000, 180000), 1000)
    for price in goods:
        it.pair(it.chance.choice(["牛乳", "文庫本", "弁当", "お茶"]), f"¥{price:,.0f}")
    amount = sum(goods, Decimal(0))
    tax = (amount * 10 // 110).quantize(Decimal(1))
    it.truth |= {"total": f"{amount:.0f}", "tax": f"{tax:.0f}"}
    it.pair("合計", f"¥{amount:,.0f}", 1.4)
    it.pair("(内消費税", f"¥{tax:,.0f})")
    it.pair("お預り", f"¥{amount + 500:,.0f}")
    it.pair("お釣り", "¥500")


def american_store(it: Receipt) -> None:
    """A till receipt from the United States: the month first."""
    shop = it.chance.choice(
        ["Prairie Feed & Seed", "LAKESIDE PHARMACY", "Rosa's Taqueria", "BLUE RIDGE OUTFITTERS INC"]
    )
    it.truth |= {"shop": shop, "currency": "USD", "number": it.digits(8)}
    it.middle(shop, 1.2)
    it.middle(f"{it.digits(3)} Main Street")
    it.middle(f"Madison, WI 53{it.digits(3)}")
    it.middle(f"({it.digits(3)}) 555-{it.digits(4)}")
    it.gap()
    it.pair(it.day().strftime("%m/%d/%Y"), it.clock() + " PM")
    it.left("Transaction #: " + str(it.truth["number"]))
    it.gap()
    goods = it.amounts(2, 6, (99, 3900))
    for price in goods:
        it.pair(it.chance.choice(["DOG FOOD", "ASPIRIN", "TACO PLATE", "SOCKS"]), f"{point(price)} T")
    it.gap()
    net, tax, total = it.sums(goods, 5, included=False)
    it.pair("SUBTOTAL", point(net))
    it.pair("SALES TAX 5.00%", point(tax))
    it.pair("TOTAL", f"${point(total)}", 1.3)
    it.pair("VISA ************" + it.digits(4), f"${point(total)}")
    it.middle("THANK YOU FOR SHOPPING WITH US")


TUNED = (british_till, german_market, french_invoice, spanish_ticket, japanese_shop, american_store)


def main() -> None:
    """Does what the command line says."""
    from receipts_held_out import HELD_OUT

    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--count", type=int, default=5, help="how many of each kind")
    asked.add_argument("--kinds", choices=("tuned", "held_out"), default="tuned")
    asked.add_argument("--seed", type=int, default=1)
    wanted = asked.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    kinds: tuple[Callable[[Receipt], None], ...] = TUNED if wanted.kinds == "tuned" else HELD_OUT
    truth = {}
    for kind in kinds:
        for number in range(wanted.count):
            receipt = Receipt(random.Random(f"{wanted.seed} {kind.__name__} {number}"))
            kind(receipt)
            name = f"{kind.__name__}_{number:02}.jpg"
            draw(receipt, wear=number % 4).save(wanted.folder / name, quality=88)
            truth[name] = receipt.truth
    (wanted.folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
