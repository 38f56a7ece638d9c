"""Door 1, everyone: the published contracts."""
