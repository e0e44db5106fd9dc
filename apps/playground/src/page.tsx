import { CosUploader, en, zhCN } from '@cosdrop/react-ui'
import { useEffect, useState } from 'react'
import { OwnInterface } from './own-interface.tsx'
import { SettingsForm } from './settings-form.tsx'
import { policyUrl, readSettings, writeSettings, type Settings } from './settings.ts'
import { fetchServices, type Services } from './troubles.ts'

function useServices(): Services | null {
  const [services, setServices] = useState<Services | null>(null)
  useEffect(() => {
    const controller = new AbortController()
    fetchServices(controller.signal).then(setServices, (error: unknown) => {
      if (!controller.signal.aborted) console.error(error)
    })
    return () => controller.abort()
  }, [])
  return services
}

export function Page() {
  const [settings, setSettings] = useState(() => readSettings(location.search))
  const services = useServices()

  useEffect(() => {
    if (settings.theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = settings.theme
    history.replaceState(null, '', writeSettings(settings))
  }, [settings])

  const change = (part: Partial<Settings>) => setSettings((current) => ({ ...current, ...part }))
  const policy = policyUrl(settings)

  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>Cosdrop playground</h1>
          <p>
            Files go from this page straight into a local COS, by the POST Object call. Nothing here is mocked.{' '}
            {services && (
              <>
                See them arrive in{' '}
                <a href={services.emulator} target="_blank" rel="noreferrer">
                  the bucket
                </a>
                .
              </>
            )}
          </p>
        </div>
        <SettingsForm settings={settings} troubles={services?.troubles ?? []} onChange={change} />
      </header>
      <main className="page-main">
        <section aria-labelledby="drop-in">
          <h2 id="drop-in">The drop-in</h2>
          <pre className="page-code">
            <code>{`<CosUploader policy="${policy}" />`}</code>
          </pre>
          {/* Without a key: another endpoint is for what starts afterwards, and ends no upload that runs. */}
          <CosUploader policy={policy} messages={settings.locale === 'en' ? en : zhCN} />
        </section>
        <section aria-labelledby="own">
          <h2 id="own">Your own interface, on the hook</h2>
          <pre className="page-code">
            <code>{`const { items, getRootProps } = useCosUpload({ policy: '${policy}' })`}</code>
          </pre>
          <OwnInterface policy={policy} />
        </section>
      </main>
    </div>
  )
}
