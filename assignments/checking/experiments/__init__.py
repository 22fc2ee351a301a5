"""What `check.py --why` shows of each function."""
