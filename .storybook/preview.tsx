import addonA11y from '@storybook/addon-a11y'
import addonDocs from '@storybook/addon-docs'
import { definePreview } from '@storybook/react-vite'
import '@cosdrop/react-ui/styles.css'
import './preview.css'

export default definePreview({
  addons: [addonDocs(), addonA11y()],
  tags: ['autodocs'],
  parameters: {
    a11y: { test: 'error' },
    layout: 'fullscreen',
    options: { storySort: { order: ['Guides', 'CosUploader', 'States', 'Settings', 'Parts', 'Hooks'] } },
  },
  globalTypes: {
    theme: { toolbar: { title: 'Theme', icon: 'circlehollow', items: ['auto', 'light', 'dark'], dynamicTitle: true } },
  },
  initialGlobals: { theme: 'auto' },
  decorators: [
    (Story, { globals, parameters }) => {
      const theme: unknown = parameters['theme'] ?? globals['theme']
      const width: unknown = parameters['width'] ?? 640
      return (
        <div className="story" data-theme={theme === 'auto' ? undefined : String(theme)}>
          <div style={{ maxInlineSize: Number(width) }}>
            <Story />
          </div>
        </div>
      )
    },
  ],
})
