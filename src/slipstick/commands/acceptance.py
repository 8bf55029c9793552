"""What a baseline accepts in the reports of one call, and the baseline that the call may write."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from slipstick.commands.arguments import UNUSABLE, complain

if TYPE_CHECKING:
    from slipstick.baseline import Baseline, Known
    from slipstick.report import Report


class Acceptance:
    """The findings that are known already (`baseline`, a path) and those to record (`record_in`, a path); or neither.

    Raises `baseline.BaselineError` where the baseline cannot be used. One that is about to be written may be missing.
    """

    def __init__(self, baseline: str | None, record_in: str | None) -> None:
        self._path, self._record_in = baseline, record_in
        self._baseline: Baseline | None = None
        self._found: Known = Counter()
        if baseline is not None:
            self._read(baseline)

    def _read(self, path: str) -> None:
        from pathlib import Path

        from slipstick.baseline import read

        rewritten = self._record_in is not None and Path(path).absolute() == Path(self._record_in).absolute()
        if not rewritten or Path(path).exists():
            self._baseline = read(Path(path))

    def shown(self, report: Report) -> Report:
        """The report without what is known; everything in it is recorded, if anything is."""
        if self._record_in is not None:
            from pathlib import Path

            from slipstick.baseline import found_in

            self._found.update(found_in(report, Path(self._record_in).parent))
        return report if self._baseline is None else self._baseline.hides(report)

    def close(self, code: int) -> int:
        """Write what was recorded, and say what is stale; the exit code, where `code` is that of the findings."""
        if self._record_in is not None:
            return self._write(self._record_in, code)
        if self._baseline is not None and self._baseline.stale:
            count = self._baseline.stale
            were = "1 known finding was" if count == 1 else f"{count:,} known findings were"
            complain(f"{self._path}: {were} not found again; --write-baseline writes it anew")
        return code

    def _write(self, path: str, code: int) -> int:
        from pathlib import Path

        from slipstick.baseline import BaselineError, write
        from slipstick.formats.plain import counted

        if code == UNUSABLE:
            complain(f"{path}: not written, since not every input could be used")
            return code
        try:
            write(Path(path), self._found)
        except BaselineError as error:
            complain(str(error))
            return UNUSABLE
        complain(f"{path}: {counted(self._found.total(), 'finding')} recorded")
        return 0
