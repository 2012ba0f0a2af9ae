"""Entry point of all commands: ``python -m sozial_setup COMMAND ARGS``."""

import importlib
import os
import signal
import sys

from .messages import SetupError

COMMANDS = {"run": "server", "test": "testing", "odoo": "odoo_cli", "lint": "lint", "bench": "bench"}


def main(arguments=None):
    """Run a command and end the process with its status; an expected failure is one line."""
    arguments = sys.argv[1:] if arguments is None else arguments
    # a shell that starts us in the background lets us ignore Ctrl-C; asked to stop, we stop
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        module = importlib.import_module(f".{COMMANDS[arguments[0]]}", __package__)
        status = module.main(arguments[1:])
    except SetupError as error:
        print(f"error: {error}", file=sys.stderr, flush=True)
        status = 1
    except KeyboardInterrupt:
        print("\ninterrupted; the same command goes on where it stopped.", file=sys.stderr, flush=True)
        status = 128 + signal.SIGINT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    sys.exit(status)


if __name__ == "__main__":
    main()
