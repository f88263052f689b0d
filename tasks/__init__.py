"""HANDS: render, plan, transaction, device sessions, Nornir tasks, checks."""
