"""The page that tests a connection and shows why it fails."""
