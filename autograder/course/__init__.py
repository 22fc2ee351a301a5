"""Many submissions: a class graded, written down, compared and handed back."""
