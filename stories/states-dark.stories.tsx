import preview from '../.storybook/preview.tsx'
import { noCode } from './lib/show-code.ts'
import { StagedWidget } from './lib/staged-widget.tsx'
import * as states from './states.stories.tsx'

// The states again, with their assertions, where every colour is another one.
const meta = preview.meta({ title: 'States, dark', component: StagedWidget, parameters: { theme: 'dark', ...noCode } })

export const Empty = meta.story(states.Empty.input)
export const Disabled = meta.story(states.Disabled.input)
export const DraggingAccepted = meta.story(states.DraggingAccepted.input)
export const DraggingRefused = meta.story(states.DraggingRefused.input)
export const Working = meta.story(states.Working.input)
export const Phases = meta.story(states.Phases.input)
export const Stored = meta.story(states.Stored.input)
export const StoredWithHiddenHeaders = meta.story(states.StoredWithHiddenHeaders.input)
export const Failed = meta.story(states.Failed.input)
export const RejectedNote = meta.story(states.RejectedNote.input)
