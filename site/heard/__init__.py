"""The shell that every room of Heard shares."""
