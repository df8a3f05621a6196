"""Labels written along curves, where there is most room for them."""

import numpy as np

PLACED = {"ha": "center", "va": "center", "rotation_mode": "anchor", "clip_on": True}


def place_along(axes, curves, texts, *, obstacles=()):
    """Writes each text along its curve, turned as the curve is there.

    curves: arrays (x, y) in data coordinates; NaN breaks a curve. texts: keywords of `Axes.text` with the text as "s".
    obstacles: further curves that labels should keep away from. Places are chosen one label after the other, at the
    point of the curve that is farthest from everything else.
    """
    figure = axes.figure
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    frame = axes.get_window_extent(renderer)
    tracks = [_on_screen(axes, *curve) for curve in curves]
    taken = [_dense(track) for track in tracks] + [_dense(_on_screen(axes, *curve)) for curve in obstacles]
    for own, (track, text) in enumerate(zip(tracks, texts)):
        label = axes.text(*axes.transData.inverted().transform((frame.x0, frame.y0)), **PLACED, **text)
        extent = label.get_window_extent(renderer)
        others = np.concatenate([points for k, points in enumerate(taken) if k != own and len(points)] or [_empty()])
        best = max(
            _places(track, extent.width, frame),
            key=lambda place: _room(place, extent, others, frame),
            default=None,
        )
        if best is None or _room(best, extent, others, frame) == -np.inf:
            label.remove()
            continue
        x, y, angle = best
        label.set_position(axes.transData.inverted().transform((x, y)))
        label.set_rotation(np.degrees(angle))
        taken.append(_corners(best, extent.width, extent.height, 7))


def _on_screen(axes, x, y):
    with np.errstate(divide="ignore", invalid="ignore"):
        points = axes.transData.transform(np.column_stack([x, y]))
    points[~np.isfinite(y)] = np.nan
    return points


def _empty():
    return np.empty((0, 2))


def _dense(track):
    """The track with a point every pixel or so, so that distances to it are distances to points."""
    pieces = [_empty()]
    for start, end in zip(track[:-1], track[1:]):
        if np.isfinite(start).all() and np.isfinite(end).all():
            count = min(2000, int(np.hypot(*(end - start))) + 1)
            pieces.append(start + np.linspace(0, 1, count, endpoint=False)[:, None] * (end - start))
    return np.concatenate(pieces)


def _places(track, width, frame):
    """Middles of labels that lie on the curve over their whole width, and their angles; along steep curves they stand."""
    dense = _dense(track)
    if len(dense) < 3:
        return
    for index in range(0, len(dense), 6):
        middle = dense[index]
        if not (frame.x0 < middle[0] < frame.x1 and frame.y0 < middle[1] < frame.y1):
            continue
        for along, across in ((0, 1), (1, 0)):
            near = dense[np.abs(dense[:, along] - middle[along]) <= width / 2]
            if len(near) < 5 or np.ptp(near[:, along]) < 0.9 * width:
                continue
            slope, offset = np.polyfit(near[:, along] - middle[along], near[:, across], 1)
            # The label bends with nothing: it lies along curves that are straight there.
            if np.abs(near[:, across] - offset - slope * (near[:, along] - middle[along])).max() < 3:
                place = (middle[along], offset) if along == 0 else (offset, middle[along])
                yield *place, np.arctan(slope) if along == 0 else np.pi / 2 - np.arctan(slope)
                break


def _corners(place, width, height, count):
    """Points of a turned label: a mesh of count x 3."""
    x, y, angle = place
    u, v = np.meshgrid(np.linspace(-0.5, 0.5, count) * width, np.linspace(-0.5, 0.5, 3) * height)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.array([x, y]) + np.column_stack([u.ravel(), v.ravel()]) @ turn


def _room(place, extent, others, frame):
    """The distance in pixels to what is nearest; minus infinity outside the frame."""
    corners = _corners(place, extent.width, extent.height, 9)
    margin = min(
        (corners[:, 0] - frame.x0).min(), (frame.x1 - corners[:, 0]).min(),
        (corners[:, 1] - frame.y0).min(), (frame.y1 - corners[:, 1]).min(),
    )
    if margin < 2:
        return -np.inf
    if not len(others):
        return margin
    near = np.hypot(corners[:, None, 0] - others[None, :, 0], corners[:, None, 1] - others[None, :, 1]).min()
    return min(near, 3 * margin)
