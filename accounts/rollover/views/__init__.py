"""The pages of the change of year: the direction's, and the parents' one."""
