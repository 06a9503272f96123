"""How well a page was scanned: measured when it is read, judged when it is reported."""
