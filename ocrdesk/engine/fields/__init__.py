"""Finds the values of receipts and forms in what was read: date, total, currency, tax, shop, number, and own ones."""
