"""Hosts and pairs from where a network keeps them already: NetBox, Ansible, a table, other packages."""
