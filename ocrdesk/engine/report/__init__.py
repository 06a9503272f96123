"""What a person should know about pages before they trust their text."""
