"""How a program ends: with its own exit code, or, where it could not run, with one line on stderr and exit code 2."""

import io
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path


def exit_code(
    program: str,
    work: Callable[[], int],
    expected: tuple[type[Exception], ...],
    form: Callable[[str], str] = str,
    detail: Callable[[Exception], str] = lambda error: "",
) -> int:
    """What `work` returns; 2 where it raises, which is told in one line and never as a traceback.

    The errors `expected` say themselves what is wrong. Of any other the line names kind and place alone, for its words
    might quote a row; `detail` may add to it. `form` is what a reason goes through before it is printed.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without Cyrillic letters is no reason to stop
    try:
        code = work()
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains once more on leaving
        reason = "nobody reads what it prints"
    except expected as error:
        reason = str(error)
    except KeyboardInterrupt:
        reason = "it was stopped"
    except Exception as error:  # the last stop before a traceback, which tells a contributor nothing
        frame = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"a fault of this program, {type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"
        reason += f"{detail(error)}: please report it"
    print(f"{program}: could not run: {' '.join(form(reason).split())}", file=sys.stderr)
    return 2
