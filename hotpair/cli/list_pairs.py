"""`hotpair list`: the pairs of an inventory, with their members and files."""

from __future__ import annotations

from hotpair.cli.fleet import HERE, InventoryOption, intent_file, show_broken
from hotpair.cli.output import Format, FormatOption, show_rows, write_json
from hotpair.exit_codes import ExitCode


def list_pairs(inventory: InventoryOption = HERE, fmt: FormatOption = Format.TABLE) -> int:
    """List the pairs of an inventory: names, members and files.

    Nothing is dialled. Ends with 2 when a pair is broken; the others are listed all the same.

    Examples:
      hotpair list
      hotpair list --inventory hotpair-lab --format json
    """
    from runbooks.inventory_pairs import pairs_in
    from runbooks.site import open_inventory

    pairs = pairs_in(open_inventory(inventory))
    show_broken(pairs)
    if fmt is Format.JSON:
        listed = [
            {"pair": pair.name, "members": pair.members.model_dump(), "file": str(intent_file(pair))}
            for pair in pairs.good.values()
        ]
        errors = [{"pair": name, **error.as_dict()} for name, error in pairs.broken.items()]
        write_json({"pairs": listed, "errors": errors})
    else:
        rows = [
            (pair.name, pair.members.a, pair.members.b, str(intent_file(pair)))
            for pair in pairs.good.values()
        ]
        show_rows(("pair", "a", "b", "file"), rows)
    return ExitCode.USAGE if pairs.broken else ExitCode.DONE
