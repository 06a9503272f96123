"""PP-OCR: its models, what they run on, and the way of a picture through them."""
