"""What stands under a passphrase: how it is encrypted, what a try costs, and opening it."""
