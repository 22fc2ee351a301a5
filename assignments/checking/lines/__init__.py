"""Lines of a wrong function that do something else than they seem to, whatever it computes."""
