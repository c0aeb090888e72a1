// A link of the page: it can be opened beside and sent to a colleague; a plain click stays in the page.
import type { Desk } from "../state/desk.js";

/** Whether a click asks the browser for another tab or window. */
export const elsewhere = (event: MouseEvent): boolean => event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;

/** The click of a link to `address`, a hash. */
export const followed =
  (desk: Desk, address: string) =>
  (event: MouseEvent): void => {
    if (elsewhere(event)) return;
    event.preventDefault();
    desk.places.follow(address);
  };
