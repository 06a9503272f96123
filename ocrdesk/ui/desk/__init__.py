"""What every room shares: one desk, what is chosen on it, and the word that something changed."""
