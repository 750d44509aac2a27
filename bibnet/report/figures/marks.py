"""What figures drawn in pixels share: places without a scale, and names with a white edge."""

from typing import Any

import altair as alt

from bibnet.report.figures.network_layout import NAME_SIZE
from bibnet.report.figures.theme import INK


def pixels(field: str) -> alt.X | alt.Y:
    """Return the encoding of a field (x or y first) that holds px of the plot."""
    kind = alt.X if field.startswith("x") else alt.Y
    return kind(field, scale=None, axis=None)


def name_layers(names: alt.Chart) -> list[alt.Chart]:
    """Return the layers that write `names` (x, y, align, name), readable on what is behind."""
    halo: dict[str, Any] = {"stroke": "#ffffff", "strokeWidth": 3, "strokeJoin": "round"}
    placed = [
        names.transform_filter(f"datum.align === '{align}'").mark_text(
            align=align, fontSize=NAME_SIZE, color=INK, aria=False, **look
        )
        for look in (halo, {})
        for align in ("left", "right", "center")
    ]
    return [layer.encode(x=pixels("x:Q"), y=pixels("y:Q"), text="name:N") for layer in placed]
