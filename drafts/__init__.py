"""Between rows and values: reads a draft as a Document, writes a Document as a draft."""
