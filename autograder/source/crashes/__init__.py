"""Why an exception came, from the line at fault and what its values were; `reasons` begins."""
