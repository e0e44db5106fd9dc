/** 0: all is well. 1: a finding, or a failure. 2: the command was used wrongly. */
export type ExitCode = 0 | 1 | 2
