"""A student's function with one thing changed in it: a piece of code, or the value of one."""
