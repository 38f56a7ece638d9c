"""Readers: each makes a Document of one format of file."""
