"""What the student reads: one record per submission, rendered as text, JSON and pages."""
