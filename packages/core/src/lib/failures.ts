// All that only a failure needs, as one part. It comes before the first of them: that is often the network's, and a part that once failed to load
// Chromium and Firefox never ask for again (https://github.com/whatwg/html/issues/6768).
export { afterFailure } from './after-failure.ts'
export { refuseForm } from './form/load-refuse-form.ts'
export { explainResponse, judgeRequest } from './policy/policy-failure.ts'
export { explainFailure } from './transport/explain-failure.ts'
