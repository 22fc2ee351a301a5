"""Why an answer is wrong: one diagnosis for each function of a submission."""

from autograder.diagnosis.diagnose import diagnose
from autograder.diagnosis.diagnosis import Diagnosis, Status
from autograder.diagnosis.refuted import refuted
from autograder.diagnosis.search import Predictions

__all__ = ["Diagnosis", "Predictions", "Status", "diagnose", "refuted"]
