"""The Django admin, where an officer edits a contract."""
