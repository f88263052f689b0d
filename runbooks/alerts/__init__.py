"""Who is told when a pair begins to fail, and when it is well again: each transition once."""
