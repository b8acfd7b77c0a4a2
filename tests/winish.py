"""Linux behaves as Windows' Python does, as far as one process can: a pytest plugin.

    pytest -p tests.winish tests/store tests/cli
    python -m tests.winish init oak --school "Oak Primary"    # one command of sen

Files are opened in text mode without ``O_BINARY``, neither what is read-only nor what
is open can be deleted or replaced, nothing read-only is flushed, a rename never
replaces, and what Windows' ``os`` and ``signal`` lack is gone: in the bodies of the
tests, in their fixtures and while the program is imported. pytest and the libraries
keep what they need. What this cannot show: backslashes in paths, files that other
programs have open, code pages of consoles (`python -m benchmarks.windows` shows those).
"""

from __future__ import annotations

import builtins
import errno
import fcntl
import importlib
import multiprocessing.popen_fork
import os
import pkgutil
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from collections.abc import Generator
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

MODULES = ("fcntl", "pwd", "grp", "resource", "termios", "pty", "tty")
OS_LACKS = (
    *("fork", "forkpty", "openpty", "fchmod", "fchown", "chown", "lchown"),
    *("geteuid", "getuid", "getgid", "getegid", "killpg", "mkfifo", "setsid"),
    *("getpgid", "nice"),
    *("O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_SYNC"),
    "sched_getaffinity",
)
SIGNAL_LACKS = (
    *("SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGPIPE"),
    *("pthread_kill", "pthread_sigmask", "alarm", "setitimer"),
)
O_BINARY = 0o100000  # here this is O_LARGEFILE, which changes nothing
# loaded before any module that works out its flags as it is imported
os.O_BINARY = O_BINARY
tempfile._bin_openflags |= O_BINARY
# libraries begin and end processes there too, in another way
multiprocessing.popen_fork.os = SimpleNamespace(**vars(os))
multiprocessing.popen_fork.signal = SimpleNamespace(**vars(signal))
subprocess.signal = SimpleNamespace(**vars(signal))
KINDS = (
    "supports_dir_fd",
    "supports_fd",
    "supports_effective_ids",
    "supports_follow_symlinks",
)


class Text:
    """The open files whose line ends Windows would change."""

    def __init__(self) -> None:
        self.fds: set[int] = set()
        self.real = (os.open, os.write, os.read, os.close, os.fdopen, builtins.open)

    def open(
        self, path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None
    ) -> int:
        if dir_fd is not None:
            raise NotImplementedError("dir_fd unavailable on this platform")
        if os.path.isdir(path):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        fd: int = self.real[0](path, flags, mode)
        (self.fds.discard if flags & O_BINARY else self.fds.add)(fd)
        return fd

    def write(self, fd: int, data: Any) -> int:
        if fd in self.fds:
            self.real[1](fd, bytes(data).replace(b"\n", b"\r\n"))
            return len(data)
        return int(self.real[1](fd, data))

    def read(self, fd: int, size: int) -> bytes:
        data: bytes = self.real[2](fd, size)
        if fd in self.fds:
            return data.replace(b"\r\n", b"\n").partition(b"\x1a")[0]
        return data

    def close(self, fd: int) -> None:
        self.fds.discard(fd)
        self.real[3](fd)

    def fdopen(self, fd: int, *args: Any, **named: Any) -> Any:
        self.fds.discard(fd)
        return self.real[4](fd, *args, **named)

    def builtin_open(self, file: Any, *args: Any, **named: Any) -> Any:
        if isinstance(file, int):
            self.fds.discard(file)
        return self.real[5](file, *args, **named)


def _held(path: Any) -> bool:
    """Whether this process has the file open: Windows lets nobody move it then."""
    path = os.path.abspath(os.fspath(path))
    for name in os.listdir("/proc/self/fd"):
        try:
            if os.readlink(f"/proc/self/fd/{name}") == path:
                return True
        except OSError:
            continue
    return False


def _guard(path: Any, *, read_only: bool = True) -> None:
    try:
        found = os.lstat(path)
    except OSError:
        return
    locked = read_only and not found.st_mode & stat.S_IWUSR
    if stat.S_ISREG(found.st_mode) and (locked or _held(path)):
        raise PermissionError(errno.EACCES, "Access is denied", path)


def _replacements() -> Iterator[tuple[Any, str, Any]]:
    text = _TEXT
    unlink, replace, rename, fsync = os.unlink, os.replace, os.rename, os.fsync

    def guarded_unlink(path: Any, *, dir_fd: int | None = None) -> None:
        if dir_fd is not None:  # pytest's own clearing up, from within a folder
            unlink(path, dir_fd=dir_fd)
            return
        _guard(path)
        unlink(path)

    def guarded_replace(source: Any, target: Any, **_: Any) -> None:
        _guard(source, read_only=False)
        _guard(target)
        replace(source, target)

    def guarded_rename(source: Any, target: Any, **_: Any) -> None:
        if os.path.exists(target):
            raise FileExistsError(errno.EEXIST, "File exists", source, None, target)
        _guard(source, read_only=False)
        rename(source, target)

    def guarded_fsync(fd: Any) -> None:
        number = fd if isinstance(fd, int) else fd.fileno()
        if fcntl.fcntl(number, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, "Bad file descriptor")
        fsync(fd)

    new: dict[str, Callable[..., Any]] = {
        "open": text.open,
        "write": text.write,
        "read": text.read,
        "close": text.close,
        "fdopen": text.fdopen,
        "unlink": guarded_unlink,
        "remove": guarded_unlink,
        "replace": guarded_replace,
        "rename": guarded_rename,
        "fsync": guarded_fsync,
    }
    yield from ((os, name, value) for name, value in new.items())
    yield builtins, "open", text.builtin_open
    yield shutil, "_use_fd_functions", False
    yield from ((os, kind, set()) for kind in KINDS)


_TEXT = Text()
_INSIDE: list[bool] = []


@contextmanager
def windows_like() -> Iterator[None]:
    """While this lasts, the process sees files as on Windows."""
    if _INSIDE:
        yield
        return
    patch = pytest.MonkeyPatch()
    try:
        for name in MODULES:
            patch.setitem(sys.modules, name, None)
        for target, lacks in ((os, OS_LACKS), (signal, SIGNAL_LACKS)):
            for name in lacks:
                patch.delattr(target, name, raising=False)
        for target, name, value in _replacements():
            patch.setattr(target, name, value, raising=False)
        _INSIDE.append(True)
        yield
    finally:
        _INSIDE.clear()
        patch.undo()


def import_the_program() -> None:
    """So that no module takes its flags from Linux."""
    import sencli.store.files.lock  # has a branch of its own by sys.platform
    from sencli.store.files import files

    with windows_like():
        for found in pkgutil.walk_packages(sencli.__path__, "sencli."):
            if not found.name.endswith("__main__"):
                importlib.import_module(found.name)
    files.WINDOWS = True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Around each test's body; pytest itself keeps what it needs."""
    del item
    with windows_like():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any],
) -> Generator[None, object, object]:
    """Around our own fixtures, which type commands too."""
    if not fixturedef.func.__module__.startswith("tests."):
        return (yield)
    with windows_like():
        return (yield)


def pytest_configure() -> None:
    """Before any test is imported."""
    import_the_program()


def main() -> int:
    """One command of `sen`, as on Windows."""
    import_the_program()
    from sencli.cli.shell.run import run

    with windows_like():
        return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
