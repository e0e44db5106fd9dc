// For notifications alone, as many pages have one: no request goes through it.
addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('push', () => {})
