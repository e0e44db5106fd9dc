addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
// Written for pictures: "cache first" without a look at the method.
addEventListener('fetch', (event) => {
  if (new URL(event.request.url).origin !== location.origin) event.respondWith(keep(event.request))
})

async function keep(request) {
  const kept = await caches.match(request)
  if (kept) return kept
  const reply = await fetch(request)
  const cache = await caches.open('pictures')
  await cache.put(request, reply.clone())
  return reply
}
