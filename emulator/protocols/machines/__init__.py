"""State machines: states, events and tables, apart from what moves them."""
