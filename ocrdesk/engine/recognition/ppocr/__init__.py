"""PP-OCR: its models, what they run on, and how a picture goes through them."""
