"""One shape for every error of the API."""
