"""What the commands say, and the one kind of error they end with."""

import contextlib
import sys
import threading
import time


class SetupError(Exception):
    """Something is missing or refuses; the text is one line that says what to do."""


def say(text):
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


def warn(text):
    """Print one line that deserves attention but stops nothing."""
    print(f"note: {text}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(text, progress=None):
    """Say that ``text`` begins, show signs of life, and how long it took.

    :param progress: called every few seconds, returns a short text or None
    """
    say(f"-> {text}")
    started = time.monotonic()
    done = threading.Event()

    def alive():
        last = None
        while not done.wait(5):
            state = progress and progress()
            if state != last or not progress:
                say(f"   {int(time.monotonic() - started)} s{f', {state}' if state else ''}")
            last = state

    thread = threading.Thread(target=alive, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
    seconds = time.monotonic() - started
    if seconds >= 5:
        say(f"   done in {seconds:.0f} s")
