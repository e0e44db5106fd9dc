import type { FileInput } from '../uploader.ts'
import { filesFromTransfer, type FilesFromTransferOptions } from './files-from-transfer.ts'

/**
 * The files of a paste: copied files, folders where the browser hands them out, screenshots (which browsers all call `image.png`). Empty for
 * a paste of text. Call it inside the event handler. Office programs put a picture beside copied text: look at the event's target first.
 */
export function filesFromClipboard(event: { readonly clipboardData: DataTransfer | null }, options?: FilesFromTransferOptions): Promise<FileInput[]> {
  return event.clipboardData ? filesFromTransfer(event.clipboardData, options) : Promise.resolve([])
}
