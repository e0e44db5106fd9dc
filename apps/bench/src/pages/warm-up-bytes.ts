/** The size of the files with which a library is warmed up. */
export const warmUpBytes = 1000
