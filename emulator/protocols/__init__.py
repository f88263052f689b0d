"""Living protocols of emulated routers: links, reachability, backup channels, elections, entries."""
