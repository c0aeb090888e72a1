// Opens and closes a native dialog as the state says; the browser keeps the focus inside, gives it back and closes on Escape.

/** Makes `dialog` modal or closes it; returns whether it was opened now. */
export function toggleDialog(dialog: HTMLDialogElement | null, open: boolean): boolean {
  if (!dialog || dialog.open === open) return false;
  if (open) dialog.showModal();
  else dialog.close();
  return open;
}

/** Whether the dialog of a `close` event is still closed: the event comes late, and another form may be open by then. */
export const closed = (event: Event): boolean => !(event.currentTarget as HTMLDialogElement).open;
