"""How the sample pages are drawn."""
