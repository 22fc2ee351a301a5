"""Read a student's file, run its statements, and tell of its lines what can be told.

- From bytes to modules: ``reading`` (bytes to text), ``statements`` (text to statements; by
  ``pieces`` and ``repairs`` where Python cannot read it), ``older_python``, ``imports``,
  ``near_imports``, ``overwritten`` and ``running``.
- What stands in the file: ``source_facts``, by ``trees``, ``inside``, ``renamed``, ``in_place`` and
  ``written``; ``slips/`` has the lines that can make wrong answers.
- Why it stops: ``syntax_causes`` before it runs, ``crashes/`` afterwards.
- Which small change mends a function, or which right value in it: ``changes/``.

All is put into words by ``phrases``. These modules import Python's own library and each other
alone (in ``changes/`` some import NumPy too), so that the hand-out's ``check.py`` reads, runs and
explains a file by the same ones.
"""
