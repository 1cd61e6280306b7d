"""Arabic text: folding, sentences, dates, quantities."""
