"""Run a student's functions in a confined worker and bring back plain values.

``client`` is the way in. It is the trusted side, with ``reader``, ``processes``, ``connection``,
``messages``, ``outcome`` and ``errors``. ``boot``, ``server``, ``confine`` (with ``kernel``,
``landlock`` and ``seccomp``), ``preload``, ``library``, ``worker``, ``modules``, ``calling`` and
``source_facts`` make the other process: they import NumPy, the standard library and each other,
nothing else of this package. ``wire`` is what both sides speak.
"""
