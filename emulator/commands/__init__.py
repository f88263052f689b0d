"""What each command does to its session and its device, apart from how it is typed and printed."""
