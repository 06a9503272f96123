"""Pictures that come from the clipboard and from the screen."""
