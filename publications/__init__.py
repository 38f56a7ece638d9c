"""What was published: frozen documents, their search entries and their renditions."""
