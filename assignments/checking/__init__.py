"""What check.py and the checks in tests/ are made of. You needn't read it to do the assignment."""
