"""Kinds of drawn receipts that no rule was made with: they measure how well the rules do with what is new to them.

Whoever changes the rules does not look at what these give, and changes nothing here because of it.
"""

from decimal import Decimal

from receipts_drawn import Receipt, comma, point, whole_notes


def italian_trattoria(it: Receipt) -> None:
    """A till receipt from Italy: the day and the number at its end."""
    shop = it.chance.choice(["Trattoria da Gino S.n.c.", "Pizzeria Vesuvio", "Osteria del Ponte S.r.l."])
    it.truth |= {"shop": shop, "currency": "EUR", "number": f"{it.digits(4)}-{it.digits(4)}"}
    it.middle(shop, 1.2)
    it.middle(f"Via Garibaldi {it.chance.randint(1, 120)} - 40{it.digits(3)} Bologna")
    it.middle(f"P.IVA {it.digits(11)}")
    it.gap()
    it.middle("DOCUMENTO COMMERCIALE")
    it.middle("di vendita o prestazione")
    it.cells((0, "l", "DESCRIZIONE"), (0.7, "r", "IVA"), (1, "r", "Prezzo(€)"))
    goods = it.amounts(2, 6, (200, 2400))
    for price in goods:
        it.cells((0, "l", it.chance.choice(["COPERTO", "PASTA", "VINO", "ACQUA"])), (0.7, "r", "10%"),
                 (1, "r", comma(price)))  # fmt: skip
    _net, tax, total = it.sums(goods, 10, included=True)
    it.gap()
    it.pair("TOTALE COMPLESSIVO", comma(total), 1.3)
    it.pair("di cui IVA", comma(tax))
    it.gap()
    paid = whole_notes(total, it.chance)
    it.pair("Pagamento contante", comma(paid))
    it.pair("Resto", comma(paid - total))
    it.pair("Importo pagato", comma(total))
    it.gap()
    it.middle(f"{it.day():%d-%m-%Y} {it.clock()}")
    it.middle(f"DOCUMENTO N. {it.truth['number']}")


def english_hotel(it: Receipt) -> None:
    """An invoice from England: values under their labels."""
    shop = it.chance.choice(["The Old Rectory Hotel", "Seaview Guest House", "Abbey Lodge Hotel Ltd"])
    it.width, it.truth["shop"], it.truth["currency"] = 58, shop, "GBP"
    it.middle(shop, 1.5)
    it.middle(f"Harbour Street, Whitby YO21 {it.digits(1)}PQ")
    it.gap()
    it.truth["number"] = f"HB/{it.digits(5)}"
    day = it.day()
    it.cells((0, "l", "INVOICE"), (0.4, "l", "DATE OF ISSUE"), (1, "r", "ROOM"))
    it.cells((0, "l", str(it.truth["number"])), (0.4, "l", f"{day.day} {day:%B %Y}"), (1, "r", it.digits(3)))
    it.gap()
    goods = it.amounts(1, 4, (2500, 14000))
    for price in goods:
        it.pair(it.chance.choice(["Room and breakfast", "Dinner", "Parking", "Bar"]), point(price))
    net, tax, total = it.sums(goods, 20, included=True)
    it.gap()
    it.cells((0.78, "r", "Net amount"), (1, "r", point(net)))
    it.cells((0.78, "r", "VAT @ 20%"), (1, "r", point(tax)))
    it.cells((0.78, "r", "Balance due"), (1, "r", f"GBP {point(total)}"), size=1.2)
    it.gap()
    it.left(f"VAT registration {it.digits(9)}")


def polish_till(it: Receipt) -> None:
    """A till receipt from Poland: a day without a label, several sums."""
    shop = it.chance.choice(["Sklep Spożywczy Kowalski", "Apteka pod Lwem Sp. z o.o.", "Piekarnia Złoty Kłos"])
    it.truth |= {"shop": shop, "currency": "PLN", "number": it.digits(6)}
    it.middle(shop, 1.1)
    it.middle(f"ul. Długa {it.chance.randint(1, 90)}, 80-{it.digits(3)} Gdańsk")
    it.middle(f"NIP {it.digits(10)}")
    it.pair(f"{it.day():%Y-%m-%d}", f"nr wydr. {it.truth['number']}")
    it.middle("PARAGON FISKALNY")
    goods = it.amounts(2, 6, (150, 4500))
    for price in goods:
        it.pair(it.chance.choice(["Chleb", "Masło", "Ser", "Herbata"]), f"1 x{comma(price)} {comma(price)}A")
    _net, tax, total = it.sums(goods, 23, included=True)
    it.line()
    it.pair("SPRZEDAŻ OPODATKOWANA A", comma(total))
    it.pair("PTU A 23,00 %", comma(tax))
    it.pair("SUMA PTU", comma(tax))
    it.pair("SUMA PLN", comma(total, " "), 1.6)
    it.line()
    it.pair("Karta", comma(total))
    it.pair(f"#001 KASJER {it.digits(2)}", it.clock())


def dutch_shop(it: Receipt) -> None:
    """A till receipt from the Netherlands: values in a column beside their labels."""
    shop = it.chance.choice(["Bakkerij Jansen B.V.", "Fietsenwinkel De Ketting", "Slagerij van Dijk"])
    it.truth |= {"shop": shop, "currency": "EUR", "number": it.digits(7)}
    it.middle(shop, 1.3)
    it.middle(f"Kerkstraat {it.chance.randint(1, 90)}, 3512 AB Utrecht")
    it.gap()
    it.cells((0, "l", "Bonnummer"), (0.45, "l", str(it.truth["number"])))
    it.cells((0, "l", "Datum"), (0.45, "l", it.day().strftime("%d-%m-%Y")))
    it.cells((0, "l", "Tijd"), (0.45, "l", it.clock()))
    it.line()
    goods = it.amounts(2, 5, (120, 8000))
    for price in goods:
        it.pair(it.chance.choice(["Volkoren", "Ketting", "Gehakt", "Band"]), comma(price))
    net, tax, total = it.sums(goods, 21, included=True)
    it.line()
    it.pair("Subtotaal", comma(total))
    it.pair("Totaal", f"€ {comma(total)}", 1.3)
    it.pair("PIN", f"€ {comma(total)}")
    it.gap()
    it.cells((0, "l", "BTW"), (0.5, "r", "Over"), (1, "r", "Bedrag"))
    it.cells((0, "l", "21%"), (0.5, "r", comma(net)), (1, "r", comma(tax)))
    it.middle("Bedankt en tot ziens")


def chinese_shop(it: Receipt) -> None:
    """A till receipt from China."""
    shop = it.chance.choice(["上海华联超市", "老王面馆", "新华书店有限公司"])
    it.width, it.truth["shop"], it.truth["currency"] = 34, shop, "CNY"
    it.middle(shop, 1.3)
    it.middle("购物小票")
    it.truth["number"] = it.digits(10)
    it.left(f"单号：{it.truth['number']}")
    it.left(f"日期：{it.day():%Y-%m-%d} {it.clock()}")
    it.line()
    goods = it.amounts(2, 5, (300, 9900))
    for price in goods:
        it.pair(it.chance.choice(["牛肉面", "矿泉水", "字典", "苹果"]), point(price))
    it.line()
    total = sum(goods, Decimal(0))
    it.truth["total"] = f"{total:.2f}"
    it.pair("应付金额", f"{point(total)}元", 1.2)
    paid = whole_notes(total, it.chance)
    it.pair("实收", point(paid))
    it.pair("找零", point(paid - total))
    it.middle("谢谢惠顾")


def czech_pub(it: Receipt) -> None:
    """A till receipt from Czechia: days with spaces in them."""
    shop = it.chance.choice(["Hospoda U Lípy", "Železářství Novák s.r.o.", "Restaurace Na Růžku"])
    it.truth |= {"shop": shop, "currency": "CZK", "number": it.digits(5)}
    it.middle(shop, 1.2)
    it.middle(f"Nádražní {it.chance.randint(1, 99)}, 602 00 Brno")
    it.middle(f"IČO: {it.digits(8)}  DIČ: CZ{it.digits(8)}")
    it.gap()
    day = it.day()
    it.left(f"Účtenka č. {it.truth['number']}")
    it.left(f"Datum: {day.day}. {day.month}. {day.year} {it.clock()}")
    it.line()
    goods = it.amounts(2, 6, (4500, 45000), 100)
    for price in goods:
        it.pair(it.chance.choice(["Pivo", "Guláš", "Hřebíky", "Polévka"]), comma(price, " "))
    _net, tax, total = it.sums(goods, 21, included=True)
    it.line()
    it.pair("CELKEM", f"{comma(total, ' ')} Kč", 1.4)
    it.pair("DPH 21%", comma(tax, " "))
    it.pair("Hotově", f"{comma(total, ' ')} Kč")
    it.middle("Děkujeme za návštěvu")


def portuguese_cafe(it: Receipt) -> None:
    """A till receipt from Portugal: the tax below the change."""
    shop = it.chance.choice(["Café Central Lda.", "Pastelaria Lisboa", "Mercearia do Bairro, Lda"])
    it.truth |= {"shop": shop, "currency": "EUR", "number": f"FS {it.chance.randint(1, 9)}/{it.digits(5)}"}
    it.left(shop, 1.2)
    it.left(f"Rua Augusta {it.chance.randint(1, 200)}, 1100-{it.digits(3)} Lisboa")
    it.left(f"NIF: {it.digits(9)}")
    it.gap()
    it.left(f"Fatura simplificada n.º {it.truth['number']}")
    it.left(f"Data de emissão: {it.day():%d/%m/%Y} {it.clock()}")
    goods = it.amounts(2, 5, (70, 1500))
    for price in goods:
        it.pair(it.chance.choice(["Café", "Pastel de nata", "Sumo", "Torrada"]), f"{comma(price)}€")
    _net, tax, total = it.sums(goods, 23, included=True)
    it.gap()
    it.pair("Total a pagar", f"{comma(total)}€", 1.3)
    it.pair("Numerário", f"{comma(total + 10)}€")
    it.pair("Troco", "10,00€")
    it.pair("Total IVA", f"{comma(tax)}€")


def american_diner(it: Receipt) -> None:
    """A bill from the United States, with suggested tips below its total."""
    shop = it.chance.choice(["Sal's Diner", "THE COPPER KETTLE", "Harbor Grill LLC"])
    it.truth |= {"shop": shop, "currency": "USD", "number": it.digits(4)}
    it.middle(shop, 1.3)
    it.middle(f"{it.digits(4)} Ocean Ave, Portland, ME 04{it.digits(3)}")
    day = it.day()
    it.pair(f"Check # {it.truth['number']}", f"Table {it.chance.randint(1, 30)}")
    it.left(f"{day:%b} {day.day}, {day.year} {it.clock()}")
    it.gap()
    goods = it.amounts(2, 5, (350, 2800))
    for price in goods:
        it.cells((0, "l", "1"), (0.1, "l", it.chance.choice(["Chowder", "Burger", "Coffee", "Pie"])),
                 (1, "r", point(price)))  # fmt: skip
    it.gap()
    net, tax, total = it.sums(goods, 8, included=False)
    it.pair("Food & Bev", point(net))
    it.pair("Tax", point(tax))
    it.pair("Amount Due", f"${point(total)}", 1.5)
    it.gap()
    it.left("Suggested gratuity")
    for rate in (18, 20):
        it.pair(f"{rate}%", point((net * rate / 100).quantize(Decimal("0.01"))))
    it.middle("Please come again")


def swiss_taxi(it: Receipt) -> None:
    """A receipt of a taxi in Switzerland: amounts in a column beside their labels."""
    shop = it.chance.choice(["Taxi Alpina AG", "City Taxi Bern GmbH"])
    it.truth |= {"shop": shop, "currency": "CHF", "number": it.digits(6)}
    it.left(shop, 1.2)
    it.left(f"CHE-{it.digits(3)}.{it.digits(3)}.{it.digits(3)} MWST")
    it.gap()
    it.left("QUITTUNG")
    it.cells((0, "l", "Beleg:"), (0.5, "l", str(it.truth["number"])))
    day = it.day()
    months = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
              "November", "Dezember")  # fmt: skip
    it.cells((0, "l", "Fahrt vom:"), (0.5, "l", f"{day.day}. {months[day.month - 1]} {day.year}"))
    it.cells((0, "l", "Strecke:"), (0.5, "l", f"{it.chance.randint(2, 40)},{it.digits(1)} km"))
    fare = it.amounts(1, 1, (1200, 9000), 10)
    _net, tax, total = it.sums(fare, 8, included=True)
    it.cells((0, "l", "Fahrpreis:"), (0.5, "l", f"CHF {point(total)}"))
    it.cells((0, "l", "inkl. 8% MWST:"), (0.5, "l", f"CHF {point(tax)}"))


def malay_market(it: Receipt) -> None:
    """A till receipt from Malaysia, in Malay."""
    shop = it.chance.choice(["KEDAI RUNCIT MAJU", "PASAR RAYA SERI SDN BHD", "RESTORAN NASI KANDAR ALI"])
    it.truth |= {"shop": shop, "currency": "MYR", "number": f"B{it.digits(5)}"}
    it.middle(shop)
    it.middle(f"NO {it.chance.randint(1, 90)}, JALAN MERDEKA, 75{it.digits(3)} MELAKA")
    it.pair(f"No. Resit: {it.truth['number']}", f"Tarikh: {it.day():%d/%m/%y}")
    it.line()
    goods = it.amounts(2, 6, (110, 3500), 5)
    for price in goods:
        it.cells((0, "l", it.chance.choice(["NASI", "TEH TARIK", "GULA 1KG", "BERAS"])), (0.6, "r", "1"),
                 (1, "r", point(price)))  # fmt: skip
    total = sum(goods, Decimal(0))
    it.truth["total"] = f"{total:.2f}"
    it.line()
    it.pair("JUMLAH", f"RM {point(total)}")
    paid = whole_notes(total, it.chance)
    it.pair("TUNAI", f"RM {point(paid)}")
    it.pair("BAKI", f"RM {point(paid - total)}")
    it.middle("TERIMA KASIH")


HELD_OUT = (italian_trattoria, english_hotel, polish_till, dutch_shop, chinese_shop, czech_pub, portuguese_cafe,
            american_diner, swiss_taxi, malay_market)  # fmt: skip
