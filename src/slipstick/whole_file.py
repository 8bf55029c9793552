"""Writing a file whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to a file, all of it or none: into a new file beside it, which then takes its name.

    The permissions of a file that is there already are kept, and its owner where that is allowed. What is no ordinary
    file (a pipe, /dev/stdout) is written to as it is. OSError where the system refuses.
    """
    import stat

    before = path.stat() if path.exists() else None
    if before is not None and not stat.S_ISREG(before.st_mode):
        path.write_bytes(data)
        return
    if before is not None and not os.access(path, os.W_OK):
        raise PermissionError(13, "Permission denied")  # the folder would allow what the file itself does not
    _replace(path, data, before)


def _replace(path: Path, data: bytes, before: os.stat_result | None) -> None:
    beside = path.with_name(f".slipstick-{os.getpid()}-{os.urandom(6).hex()}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:  # noqa: PTH123
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if before is not None:
            with suppress(OSError, AttributeError):  # another's file stays theirs where we may see to it
                os.chown(beside, before.st_uid, before.st_gid)
            beside.chmod(before.st_mode & 0o7777)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
