// As guides to offline pages show it: what fails is answered with a page, or with nothing.
addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
const page = () => new Response('<!doctype html><title>Offline</title>', { headers: { 'Content-Type': 'text/html', ETag: '"5f-18"' } })
addEventListener('fetch', (event) => {
  const { method, url } = event.request
  if (method === 'POST') event.respondWith(fetch(event.request).catch(() => (url.includes('empty') ? new Response() : page())))
})
