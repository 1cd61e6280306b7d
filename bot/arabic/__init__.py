"""Arabic text: folding, sentences, dates."""
