"""A person's own pages: their account, its sessions and tokens, the links of the letters that they get."""
