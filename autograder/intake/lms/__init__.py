"""From an LMS's download to what is uploaded to it: one module for each LMS.

Each module is an :class:`~autograder.intake.lms.base.Lms`: it recognises its download by the names
in it, finds the submissions, and, if the LMS takes grades back, matches them to its gradebook's
rows and writes the files that its importers read. Its docstring cites the evidence for every form.
"""

from autograder.intake.lms.base import Grade, LmsError, LmsSubmission, Problem
from autograder.intake.lms.download import NAMES, Download, open_download
from autograder.intake.lms.upload import UploadOptions, UploadReport, check_gradebook, write_upload

__all__ = [
    "NAMES",
    "Download",
    "Grade",
    "LmsError",
    "LmsSubmission",
    "Problem",
    "UploadOptions",
    "UploadReport",
    "check_gradebook",
    "open_download",
    "write_upload",
]
