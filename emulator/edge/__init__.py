"""The emulator's contact with the world: SSH, the control socket, files, the wall clock."""
