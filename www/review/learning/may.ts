// Who may teach. The service has the last word.
import type { State } from "../state/state.js";

/** Whether who is looking may change or try anything: an auditor reads. */
export const teaches = ({ session }: State): boolean => session !== null && session.moderator.role !== "auditor";
