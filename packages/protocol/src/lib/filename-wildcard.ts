/** What stands for the file's own name in a key. `official/post-object.txt`, field `key` and Example 7. */
export const FILENAME_WILDCARD = '${filename}'
