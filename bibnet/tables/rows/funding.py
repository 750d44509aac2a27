"""Who paid: funders and awards of a work, over all schema generations."""

from bibnet.tables.decode.objects import Award, Funder, WorkObject
from bibnet.tables.identifiers import FUNDER_ID, ROR
from bibnet.tables.rows.rows import Rows

Named = tuple[str | None, str | None]  # id and name of a funder


def add_funding(rows: Rows, work: WorkObject) -> None:
    """Add the distinct funders of `funders`, `awards` and `grants`, and the distinct awards."""
    if not (work.funders or work.awards or work.grants):
        return
    found = [_funder(rows, funder, f"funders[{n}]") for n, funder in enumerate(work.funders or ())]
    awards: dict[tuple[str | None, str], None] = {}
    for name, items in (("awards", work.awards), ("grants", work.grants)):
        for place, award in enumerate(items or ()):
            if award is not None:
                funder = _award_funder(rows, award, f"{name}[{place}]")
                found.append(funder)
                number = award.funder_award_id or award.award_id
                if number:
                    awards[funder[0], number] = None
    _write_funders(rows, found, _ror_ids(work))
    rows.award.extend((rows.key, seq, *award) for seq, award in enumerate(awards, 1))


def _ror_ids(work: WorkObject) -> dict[str | None, str | None]:
    """ROR id of each funder id, where the source gives one."""
    given = [one for one in work.funders or () if one is not None and not isinstance(one, str)]
    return {FUNDER_ID[one.id]: ROR[one.ror] for one in given if FUNDER_ID[one.id] and ROR[one.ror]}


def _write_funders(rows: Rows, found: list[Named], ror_ids: dict[str | None, str | None]) -> None:
    """Add distinct funders, sorted; an id without a name only where no row names it."""
    named = {funder_id for funder_id, name in found if funder_id and name}
    distinct = {f for f in found if f[1] or (f[0] and f[0] not in named)}
    ordered = sorted(distinct, key=lambda f: (f[0] or "", f[1] or ""))
    rows.work_funder.extend((rows.key, *funder, ror_ids.get(funder[0])) for funder in ordered)


def _funder(rows: Rows, funder: Funder | str | None, field: str) -> Named:
    """Id and name of a funder; text is an id if it is one, else a name."""
    if funder is None:
        return None, None
    if isinstance(funder, str):
        funder_id = FUNDER_ID[funder]
        return funder_id, (None if funder_id else funder or None)
    return _funder_id(rows, funder.id, f"{field}.id"), funder.display_name or None


def _funder_id(rows: Rows, value: str | None, field: str) -> str | None:
    funder_id = FUNDER_ID[value]
    if funder_id is None:
        rows.emptied(field, value)
    return funder_id


def _award_funder(rows: Rows, award: Award, field: str) -> Named:
    """Id and name of an award's funder, from whichever field has them."""
    inner_id, inner_name = _funder(rows, award.funder, f"{field}.funder")
    funder_id = _funder_id(rows, award.funder_id, f"{field}.funder_id")
    return funder_id or inner_id, award.funder_display_name or inner_name
