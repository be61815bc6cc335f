"""Small widgets that pages and dialogs are put together from. None of them knows a certificate."""
