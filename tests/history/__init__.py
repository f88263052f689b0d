"""What released versions wrote, kept as they wrote it: today's code must be able to take all of it up."""
