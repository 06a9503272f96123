"""The page that is looked at: its picture and its text."""
