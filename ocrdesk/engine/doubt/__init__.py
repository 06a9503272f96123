"""How likely it is that a word was misread, from more than its letters: what its language, its script and its page say."""
