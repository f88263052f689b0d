"""Rehearsals: a change is carried out on an emulated twin of the pair before it is on the pair."""
