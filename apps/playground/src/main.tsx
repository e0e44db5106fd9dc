import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@cosdrop/react-ui/styles.css'
import './page.css'
import { Page } from './page.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id "root".')
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
)
