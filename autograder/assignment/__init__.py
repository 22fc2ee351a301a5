"""What an exercise is made of: types without names, and the settings and words of an assignment."""
