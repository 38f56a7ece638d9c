"""Door 2, officers: the Django admin and the workshop."""
