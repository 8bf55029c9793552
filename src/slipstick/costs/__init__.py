"""What compute costs: FLOP and device-time to dollars by the catalogue's prices of a date, and back."""
