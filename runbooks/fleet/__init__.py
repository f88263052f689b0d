"""Many pairs at once: chosen, looked at device by device, judged pair by pair."""
