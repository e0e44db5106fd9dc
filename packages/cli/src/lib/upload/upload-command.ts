import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { expandFilename, formSecrets, readResponseHeaders } from '@cosdrop/protocol'
import { commonOptions, uploadOptions } from '../arguments/option-tables.ts'
import { parseOptions } from '../arguments/parse-options.ts'
import type { CommandContext } from '../command-context.ts'
import { CommandError } from '../command-error.ts'
import { describeRefusal } from '../cos/describe-refusal.ts'
import { isStored } from '../cos/is-stored.ts'
import { reach, systemCode } from '../cos/reach.ts'
import { readRefusal } from '../cos/service-refusal.ts'
import type { ExitCode } from '../exit-code.ts'
import { redact } from '../terminal/printer.ts'
import { createProgressBar } from '../terminal/progress-bar.ts'
import { askPolicy, type FormToPost } from './ask-policy.ts'
import { createCrc64 } from './crc64.ts'
import { NoPlainFileError, openFile, type FileSource } from './file-source.ts'
import { escapedName } from './multipart-frame.ts'
import { printUpload, type UploadSummary } from './print-upload.ts'
import { FileChangedError, sendForm } from './send-form.ts'

function unreadable(path: string, { failures }: CommandContext['messages'], cause: unknown): CommandError {
  const text = cause instanceof NoPlainFileError ? failures.noPlainFile({ path }) : failures.fileUnreadable({ path, reason: systemCode(cause) })
  return new CommandError('failure', 'file-unreadable', text, { cause })
}

async function* read(chunks: FileSource['chunks'], path: string, messages: CommandContext['messages']): FileSource['chunks'] {
  try {
    yield* chunks
  } catch (cause) {
    throw unreadable(path, messages, cause)
  }
}

async function open(path: string, messages: CommandContext['messages']): Promise<FileSource> {
  try {
    return await openFile(path)
  } catch (cause) {
    throw unreadable(path, messages, cause)
  }
}

async function send(post: FormToPost, path: string, file: FileSource, context: CommandContext): Promise<UploadSummary> {
  const { io, messages, err } = context
  const crc = await createCrc64()
  const { of, timeLeft, waiting } = messages.upload
  const texts = {
    of: (sent: string, total: string) => of({ sent, total }),
    timeLeft: (duration: string) => timeLeft({ duration }),
    waitingForStorage: waiting,
  }
  /** `null` while nothing of the file is out. */
  let sent: number | null = null
  const bar = createProgressBar(io.stderr, file.size, err.style, texts, io.monotonic)
  try {
    const reply = await reach(post.url, io.signal, () =>
      sendForm({
        url: post.url,
        fields: post.fields,
        filename: basename(path),
        size: file.size,
        chunks: read(file.chunks, path, messages),
        signal: io.signal,
        onChunk: (chunk) => crc.update(chunk),
        onSent(bytes) {
          sent = bytes
          bar.update(bytes)
        },
      }),
    )
    if (!isStored(reply.status, reply.header)) {
      const refusal = readRefusal(reply.status, reply.body, reply.header)
      const secrets = formSecrets(Object.entries(post.fields))
      throw new CommandError('failure', refusal.code ?? 'reply-malformed', redact(describeRefusal(refusal, messages), secrets))
    }
    const headers = readResponseHeaders(reply.header)
    const integrity = headers.crc64 === null ? 'unavailable' : headers.crc64 === crc.digest() ? 'verified' : 'mismatch'
    const { etag, versionId, crc64, encryption, requestId, location } = headers
    return {
      name: basename(path),
      size: file.size,
      key: expandFilename(post.fields['key'] ?? '', escapedName(basename(path))),
      status: reply.status,
      location,
      etag,
      versionId,
      crc64,
      integrity,
      encryption,
      requestId,
    }
  } catch (cause) {
    if (io.signal.aborted && sent === file.size) throw new CommandError('failure', 'canceled', messages.failures.canceledLate, { cause })
    if (cause instanceof FileChangedError) throw new CommandError('failure', 'file-changed', messages.failures.fileChanged({ path }), { cause })
    throw cause
  } finally {
    bar.clear()
  }
}

/** `cosdrop upload FILE`. 1 as well when the stored bytes are not those that were sent. */
export async function runUpload(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { messages } = context
  const { values, positionals } = parseOptions(
    () => parseArgs({ args: [...args], options: { ...commonOptions, ...uploadOptions }, allowPositionals: true }),
    messages,
  )
  const [path, extra] = positionals
  if (path === undefined) throw new CommandError('usage', 'usage', messages.usage.missingFile)
  if (extra !== undefined) throw new CommandError('usage', 'usage', messages.usage.unexpectedArgument({ argument: extra }))
  const file = await open(path, messages)
  try {
    const summary = await send(await askPolicy(values, path, file.size, context), path, file, context)
    const ok = summary.integrity !== 'mismatch'
    if (context.json) context.printJson({ ok, ...summary })
    else printUpload(summary, messages, context.out)
    return ok ? 0 : 1
  } finally {
    await file.close()
  }
}
