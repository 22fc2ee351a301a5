"""Which cases of a submission are right, judged by Otter's test files."""
