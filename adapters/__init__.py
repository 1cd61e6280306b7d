"""The edges: wires in, platforms out."""
