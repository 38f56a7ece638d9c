"""The draft's tree: contracts, levels, objectives, and every way they may change."""
