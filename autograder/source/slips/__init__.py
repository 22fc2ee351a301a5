"""What stands in a student's code that often goes wrong; `listing.slips` lists all of it."""
