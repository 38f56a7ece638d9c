"""Who signs in: people and the tokens of their software."""
