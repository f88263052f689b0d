"""How running machines are shown: frozen values made from settings and machines."""
