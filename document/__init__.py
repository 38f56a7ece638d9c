"""The contract as a value: nodes, walks, codes, checks, codec. Imports no Django."""
