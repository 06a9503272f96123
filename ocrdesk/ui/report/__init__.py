"""What a batch is worth, in place of the panes."""
