/** How many calls the full load makes. */
export const LOAD_CALLS = { async: 10_000, sync: 2000 };
