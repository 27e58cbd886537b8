import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { applyKept } from './app/preferences';
import './design/tokens.css';
import './design/base.css';
import { chooseTransport } from './platform/transport';

applyKept();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <App transport={chooseTransport()} />
  </StrictMode>,
);
