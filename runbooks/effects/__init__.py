"""Effects: what a change shall do beside its lines, and what else has changed when it is on trial."""
