import { render } from 'preact'
import { App } from './desk/app.tsx'
import './style/tokens.css'
import './style/desk.css'
import './style/list.css'
import './style/thread.css'
import './style/card.css'
import './style/seal.css'
import './style/controls.css'
import './style/sheet.css'
import './style/drawer.css'
import './style/hover.css'

const root = document.getElementById('app')
if (root) render(<App />, root)
