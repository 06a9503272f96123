"""The window: Qt widgets and models over the runner and the library."""
