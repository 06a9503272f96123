"""The window itself: its layout, its menus, its end, and the settings."""
