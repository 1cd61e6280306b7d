"""Arabic text: folding, sentences, quantities, dates."""
