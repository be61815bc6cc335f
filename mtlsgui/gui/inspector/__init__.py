"""The inspector: one certificate as a readable card, its details, its chain, its PEM."""
