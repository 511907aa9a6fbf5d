import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './style/ground.css'
import './style/frame.css'
import './style/parts.css'
import './style/sayings.css'
import './style/overview.css'
import './style/timeline.css'
import './style/desk.css'
import './style/setup.css'
import './style/flows.css'
import './style/plugins.css'
import './style/texts.css'
import './style/simulator.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './shell/app.tsx'

const place = document.getElementById('app')
if (place)
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
