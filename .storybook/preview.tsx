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
    options: {
      storySort: {
        order: [
          'CosUploader',
          'Hooks',
          'States',
          'States, dark',
          'Settings',
          'Guides',
          [
            'Server',
            [
              'Policy endpoint',
              'Confirm uploads',
              'Find out why an upload fails',
              'Mini programs and native apps',
              '签名接口',
              '确认上传结果',
              '查明上传失败的原因',
              '小程序与原生应用',
            ],
          ],
        ],
      },
    },
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
