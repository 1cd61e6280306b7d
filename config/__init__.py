"""Settings, and the files an editor may change."""
