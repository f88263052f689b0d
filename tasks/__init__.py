"""What is done to a pair: render, plan, transaction, device sessions, Nornir tasks, checks."""
