import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The window (Tauri) and devhost both serve `dist`; `npm run dev` proxies to a running devhost named by XWALK_DEVHOST.
const devhost = process.env['XWALK_DEVHOST'];

export default defineConfig({
  plugins: [react()],
  base: './',
  clearScreen: false,
  server: {
    host: '127.0.0.1',
    port: 1420,
    strictPort: true,
    ...(devhost ? { proxy: { '/rpc': devhost, '/events': devhost } } : {}),
  },
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 1200 },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test-setup.ts'],
    css: false,
    // A machine that compiles beside takes its time; no test measures any.
    testTimeout: 60_000,
  },
});
