"""How completely a sentence answers a question: the asked words, names, sources, and kind of value it holds."""
