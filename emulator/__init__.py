"""The witness: emulated NE40E pairs over real SSH. Imports no other room."""
