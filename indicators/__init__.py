"""The draft's evaluation indicators."""
