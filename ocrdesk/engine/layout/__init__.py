"""Pure geometry on stored lines: no pictures, no models."""
