"""Run a student's functions in a confined worker and bring back plain values.

``client`` is the trusted side. ``boot``, ``server``, ``worker``, ``modules``, ``calling``,
``source_facts``, ``confine``, ``landlock`` and ``seccomp`` run in the untrusted process: they
import NumPy, the standard library and each other, nothing else of this package. ``wire`` and
``outcome`` are shared.
"""
