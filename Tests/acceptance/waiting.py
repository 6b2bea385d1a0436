"""Waiting for what comes by itself: what a command did beside a running server, mail, presence, the end of a process."""

import time

# Seconds. Nothing that is waited for takes long on a machine of its own; one that is busy with something else may let a
# process wait. It is no bound of the product: what comes is taken as soon as it is there.
PATIENCE = 90


def until(condition, within=PATIENCE, every=0.02, told=lambda: ""):
    """What the condition gives, as soon as there is something. `told` says more where nothing comes."""
    end = time.monotonic() + within
    while not (found := condition()):
        assert time.monotonic() < end, f"it did not come within {within} s: {told()}"
        time.sleep(every)
    return found
