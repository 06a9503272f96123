"""How likely a word was misread: what its letters say, its language, its script, its figures and its page."""
