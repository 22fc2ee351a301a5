"""Measure ``autograder grade`` beside other ways to grade the same submissions.

``make bench`` runs all of it but the curve: ``python -m tests.bench --curve 100 1000 10000``.
Every figure of ``docs/bench.md`` and the plan in ``docs/cluster.md`` are written by these two.
"""
