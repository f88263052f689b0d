"""Keep checking: groups of pairs at their moments, by one watcher at a time, with a memory and a voice."""
