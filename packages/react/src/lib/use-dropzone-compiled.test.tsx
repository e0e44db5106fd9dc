// @vitest-environment jsdom
import { createUploader } from '@cosdrop/core'
import { act, cleanup, render, screen } from '@testing-library/react'
import { useMemo } from 'react'
import { afterEach, expect, it } from 'vitest'
import { createScriptedEngine } from './testing/scripted-engine.ts'
import { useDropzone, type Dropzone } from './use-dropzone.ts'
import { useUploadIds, useUploadItem } from './use-upload-state.ts'

afterEach(cleanup)

const uploader = createUploader({ ...createScriptedEngine().options, autoUpload: false })

function Row({ id, getItemProps }: { id: string; getItemProps: Dropzone['getItemProps'] }) {
  const item = useUploadItem(id, uploader)
  // What React Compiler makes of `<li {...getItemProps(item ?? id)}>`.
  const given = item ?? id
  const props = useMemo(() => getItemProps(given), [getItemProps, given])
  return <li {...props}>{item?.status}</li>
}
function List() {
  const { getItemProps } = useDropzone(uploader)
  const ids = useUploadIds(uploader)
  return ids.map((id) => <Row key={id} id={id} getItemProps={getItemProps} />)
}

it("an item's state is told anew in a row that React Compiler compiled", async () => {
  render(<List />)
  await act(async () => void uploader.add([new File(['a'], 'a')]))
  await act(async () => uploader.cancel())
  expect(screen.getByRole('listitem').textContent).toBe('canceled')
  expect(screen.getByRole('listitem').dataset['state']).toBe('canceled')
})
