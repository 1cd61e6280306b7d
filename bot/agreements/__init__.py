"""Finding what was agreed: see find.py for the pipeline."""
