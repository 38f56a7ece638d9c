"""What officers read of a draft, the same at both doors: its tree, its findings, its log in words, and their rights."""
