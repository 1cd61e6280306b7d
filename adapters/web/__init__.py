"""Pages served over HTTP."""
