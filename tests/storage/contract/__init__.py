"""What every implementation of the stores must do. Subclasses say which one `stores` is."""
