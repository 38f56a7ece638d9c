"""The Django admin, where an officer edits a contract: importing it registers its pages."""

from editor.admin import accounts, changes, contracts, items, objectives, publications, tokens

__all__ = ["accounts", "changes", "contracts", "items", "objectives", "publications", "tokens"]
