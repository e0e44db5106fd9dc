/** Bytes in a millisecond on the slowest way that is waited for. */
export const slowest = 16
