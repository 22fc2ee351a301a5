"""Properties that hold for whatever bytes a student sends, each a harness for Atheris.

A harness is a module with ``check(data)``, which raises where a property fails, ``seeds()``, the
inputs to start from, and ``TOKENS``, what to build others of. See ``docs/fuzzing.md``.
"""
