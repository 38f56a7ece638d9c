"""How quick the application is, always against a floor that is measured in the same run: see script/bench."""
