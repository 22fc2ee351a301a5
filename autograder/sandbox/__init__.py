"""Run a student's functions in a confined worker and bring back plain values.

``client`` is the way in. It is the trusted side, with ``reader``, ``processes``, ``connection``,
``messages``, ``outcome`` and ``errors``. ``boot``, ``server``, ``confine`` (with ``kernel``,
``landlock`` and ``seccomp``), ``preload``, ``library``, ``older_numpy``, ``worker``, ``modules``,
``inside``, ``stand_ins``, ``calling`` and ``source_facts`` make the other
process: they import NumPy, the standard library and each other, nothing else of this package.
``wire`` is what both sides speak.

How a file is read and run stands in modules that need Python's own library alone, so that the
hand-out's ``check.py`` does it by the same ones: ``reading`` (bytes to text), ``statements`` (text
to statements; by ``pieces`` and ``repairs`` where Python cannot read it), ``older_python``,
``overwritten``, ``syntax_causes``, ``renamed``, ``in_place``, ``imports``, ``near_imports`` and
``running``; so do the ``crash_`` modules, which tell why it stops, and ``phrases``, which puts that
into words.
"""
