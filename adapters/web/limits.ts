const MEGABYTE = 1e6;

/** What one request may bring: ten images of the 25 MB that the core reads at most, and room for the other fields. */
export const BODY_MEGABYTES = 10 * 25 + 1;
export const BODY_LIMIT = BODY_MEGABYTES * MEGABYTE;

/** What is accepted by those who want to be told how far an answer is. */
export const JSON_LINES = 'application/x-ndjson';
