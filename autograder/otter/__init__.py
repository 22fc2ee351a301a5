"""Gradescope and ``otter run``: the zip that they are given, and what runs in it."""
