/** TypeScript does not know that `isDirectory` tells the two kinds apart. */
export function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
