"""The room in which doubtful words are checked."""
