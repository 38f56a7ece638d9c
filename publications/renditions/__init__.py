"""Functions of a published Document: page, PDF, spreadsheet."""
