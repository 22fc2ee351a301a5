"""Read a student's file, run its statements, and tell of its lines what can be told.

- From bytes to modules: ``reading`` (bytes to text), ``statements`` (text to statements; by
  ``pieces`` and ``repairs`` where Python cannot read it), ``older_python``, ``imports``,
  ``near_imports``, ``overwritten`` and ``running``.
- What stands in the file: ``source_facts``, by ``trees``, ``inside``, ``renamed``, ``in_place``,
  ``written``, and the ``slips``, which are lines that can make wrong answers.
- Why it stops: ``syntax_causes``, and ``crash_reasons`` with the other ``crash`` modules.
- Which small change mends a function: ``one_change``, by ``reached``, ``switched`` and
  ``alternatives``.

All is put into words by ``phrases``. These modules import Python's own library and each other
(``one_change`` NumPy too), so that the hand-out's ``check.py`` reads, runs and explains a file by
the same ones.
"""
