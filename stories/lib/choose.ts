import { userEvent } from 'storybook/test'

/** Chooses files as the dialog would. */
export async function choose(canvasElement: HTMLElement, ...files: File[]): Promise<void> {
  const input = canvasElement.querySelector<HTMLInputElement>('input[type=file]')
  if (input === null) throw new Error('There is no file input.')
  await userEvent.upload(input, files)
}
