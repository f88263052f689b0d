"""`hotpair learn --into`: the intents of many existing pairs, a file each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hotpair.cli.choosing import Many
from hotpair.cli.live import counting
from hotpair.cli.output import Format, err, out, show_error, write_json
from hotpair.exit_codes import ExitCode, exit_code_of
from inventory.errors import HotpairError, IntentError
from inventory.quantities import quantity
from runbooks.whole_files import write_new

if TYPE_CHECKING:
    from inventory.model import Pair
    from inventory.rules import Finding
    from runbooks.fleet.over import Ended
    from runbooks.site import Openers


@dataclass(frozen=True, slots=True)
class Learning:
    """Reads the intent of one pair from what runs on it.

    Args:
        whole: take all that an intent can hold.
    """

    whole: bool

    def __call__(self, pair: Pair, openers: Openers) -> tuple[str, tuple[Finding, ...]]:
        """Return the file's text, and what is wrong with it."""
        from runbooks.change import running_of
        from runbooks.site import logged_in
        from tasks.learn import learn, mistakes

        running = running_of(pair, logged_in(pair, openers))
        learned = learn(running["a"], running["b"], pair.name, whole=self.whole, known=pair)
        return learned, mistakes(running["a"], running["b"])


def learn_many(
    meant: Many, inventory: Path, driver: str | None, into: Path, fmt: Format, *, whole: bool
) -> int:
    """Write a file a pair; one that is there already is left alone, and told.

    Args:
        meant: the pairs.
        inventory: where they lie.
        driver: library that connects, before what the hosts say.
        into: folder that takes the files.
        fmt: how to tell what was done.
        whole: take all that an intent can hold.

    Raises:
        IntentError: there is no such folder, or the inventory is wrong.
    """
    from runbooks.fleet.choice import chosen
    from runbooks.fleet.over import over_pairs
    from runbooks.fleet.worker_pool import worker_pool_for
    from runbooks.inventory_pairs import pairs_in
    from runbooks.site import open_inventory

    if not into.is_dir():
        raise IntentError("there is no such folder", where=str(into))
    nornir = open_inventory(inventory, driver)
    asked = chosen(pairs_in(nornir), meant.choice)
    errors: dict[str, HotpairError] = dict(asked.broken)
    found: dict[str, tuple[Finding, ...]] = {}

    def write(ended: Ended[tuple[str, tuple[Finding, ...]]]) -> None:
        name = ended.pair.name
        if ended.value is None:
            errors[name] = ended.error or IntentError("not begun", found=name)
            return
        try:
            write_new(file := into / f"{name}.yaml", ended.value[0])
        except OSError as error:
            errors[name] = IntentError("the intent is not written", found=error.strerror, where=str(file))
        else:
            found[name] = ended.value[1]

    pairs = tuple(asked.good.values())[: meant.limit]
    with (
        counting("learning", len(pairs)) as counted,
        worker_pool_for(pairs, workers=meant.workers) as pool,
    ):

        def tell(ended: Ended[tuple[str, tuple[Finding, ...]]]) -> None:
            write(ended)
            name = ended.pair.name
            err.print(f"{name}: {'learned' if name in found else 'not learned'}", markup=False)
            counted.done(wrong=name in errors, begun=ended.begun)

        over_pairs(
            nornir,
            pairs,
            lambda _pair: Learning(whole),
            workers=meant.workers,
            pool=pool,
            tell=tell,
            begin=counted.begin,
        )
    return _told(into, found, errors, fmt)


def _told(
    into: Path, found: dict[str, tuple[Finding, ...]], errors: dict[str, HotpairError], fmt: Format
) -> int:
    """Tell what was written, which of it has mistakes, and what was not."""
    for error in errors.values():
        show_error(error)
    wrong = {name: findings for name, findings in sorted(found.items()) if findings}
    if fmt is Format.JSON:
        findings = [{"pair": name, **one.as_dict()} for name, those in wrong.items() for one in those]
        told = [{"pair": name, **error.as_dict()} for name, error in sorted(errors.items())]
        write_json({"written": sorted(found), "findings": findings, "errors": told})
    else:
        for name, those in wrong.items():
            rules = ", ".join(dict.fromkeys(one.rule for one in those))
            out.print(f"{name}: {quantity(len(those), 'mistake')} ({rules}), named in its file", markup=False)
        out.print(f"{len(found)} written into {into}", markup=False)
    ends = [exit_code_of(error) for error in errors.values()]
    return max([*ends, ExitCode.FINDINGS if wrong else ExitCode.DONE])
