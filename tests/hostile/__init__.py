"""The hostile campaign: what a stranger's folder, a strange terminal or a bad disk may do, by name.

A case is data: a name, a function that makes its folder, and the commands to run on it.  The laws
hold for every case alike, so that a case says only what is special about it.

- ``cases`` are the types; ``documents``, ``shapes``, ``magic``, ``images``, ``settings``,
  ``memories``, ``places`` and ``terminals`` are the families, and ``campaign`` holds them all.
- ``server`` runs one command after the other, each in a fork with limits and an audit hook.
- ``laws`` judges how a command ended, what it said, what it opened and what it left behind.
- ``fuzz`` looks for new cases; `python -m tests.hostile NAME` runs one that is known.
"""
