"""The draft's actions and clauses."""
