/**
 * Dragging a watchlist row by its grip, with a mouse, pen or finger: the row moves to each place
 * that the pointer passes. It listens on the document, because a row that is moved loses its
 * pointer capture.
 */
export function startDrag(event, symbol, move) {
  const body = event.currentTarget.closest('tbody');
  const listening = new AbortController();
  const end = () => {
    body.classList.remove('dragging');
    listening.abort();
  };
  const follow = ({ clientY }) => {
    const place = placeAt(body, clientY);
    if (place >= 0) move(symbol, place);
  };
  event.preventDefault();
  body.classList.add('dragging');
  for (const type of ['pointerup', 'pointercancel']) {
    document.addEventListener(type, end, { signal: listening.signal });
  }
  document.addEventListener('pointermove', follow, { signal: listening.signal });
}

function placeAt(body, y) {
  return [...body.rows].findIndex((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return y >= top && y < bottom;
  });
}
