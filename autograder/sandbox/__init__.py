"""Run a student's functions in a confined worker and bring back plain values.

``client`` is the way in. It is the trusted side, with ``reader``, ``processes``, ``connection``,
``messages``, ``outcome`` and ``errors``. ``boot``, ``server``, ``confine`` (with ``kernel``,
``landlock`` and ``seccomp``), ``preload``, ``library``, ``older_numpy``, ``worker``, ``modules``,
``stand_ins``, ``calling`` and ``changing`` make the other process: they import NumPy, the standard
library, each other and ``source``. ``wire`` is what both sides speak.
"""
