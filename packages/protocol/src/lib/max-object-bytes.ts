/** 5 GB: the largest object of one POST or PUT (`official/post-object.txt`, "Overview"). */
export const MAX_OBJECT_BYTES: number = 5 * 1024 ** 3
