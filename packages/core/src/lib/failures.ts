// All that only a failure needs, as one part: the first failure loads it, and the next one finds it there even when the network is gone.
export { afterFailure } from './after-failure.ts'
export { refuseForm } from './form/refuse-form.ts'
export { explainResponse, judgeRequest } from './policy/policy-failure.ts'
export { explainFailure } from './transport/explain-failure.ts'
