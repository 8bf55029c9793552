"""From a reading to what it says of hardware and of whom, and whether its claims hold."""
