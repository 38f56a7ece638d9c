"""Door 3, machines: the REST API."""
