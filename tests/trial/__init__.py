"""`make trial`: the portal in bad weather – killed processes, servers that drop – one scenario a module."""
