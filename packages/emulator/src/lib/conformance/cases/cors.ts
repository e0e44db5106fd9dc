import type { CorsRuleInput } from '../../config/emulator-config.ts'
import { CONTENT_ETAG, HOST, type ConformanceCase, type WireRequest } from '../conformance-case.ts'
import { demoWith } from '../demo-with.ts'
import { postedForm } from '../posted-form.ts'

const ORIGIN = 'https://my.website'
const named: CorsRuleInput = {
  allowedOrigins: [ORIGIN],
  allowedMethods: ['POST'],
  allowedHeaders: ['x-allowed', 'x-cos-*'],
  exposeHeaders: ['ETag', 'x-cos-request-id'],
  maxAgeSeconds: 5,
}
const anyone: CorsRuleInput = { allowedOrigins: ['*'], allowedMethods: ['GET', 'POST'], allowedHeaders: ['*'], exposeHeaders: ['Location'] }
const forbidden = {
  status: 403,
  code: 'AccessForbidden',
  message:
    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Requet-Headers are not whitelisted by the resource's CORS spec",
  headers: { 'Access-Control-Allow-Origin': null },
} as const

function preflight(headers: Readonly<Record<string, string>>, target = '/'): WireRequest {
  return { method: 'OPTIONS', target, host: HOST, headers, body: null }
}

function asking(origin: string, method = 'POST', headers?: string): WireRequest {
  return preflight({
    Origin: origin,
    'Access-Control-Request-Method': method,
    ...(headers !== undefined && { 'Access-Control-Request-Headers': headers }),
  })
}

export const corsCases: readonly ConformanceCase[] = [
  {
    name: 'a preflight is answered by the rule that allows it',
    config: demoWith({ cors: [named] }),
    steps: [
      {
        request: asking(ORIGIN, 'POST', 'x-allowed, X-Cos-Meta-A'),
        expect: {
          status: 200,
          headers: {
            'Access-Control-Allow-Origin': ORIGIN,
            'Access-Control-Allow-Methods': 'POST',
            'Access-Control-Allow-Headers': 'x-allowed,X-Cos-Meta-A',
            'Access-Control-Expose-Headers': 'ETag,x-cos-request-id',
            'Access-Control-Max-Age': '5',
            'Access-Control-Allow-Credentials': 'true',
            Vary: 'Origin',
            'Content-Length': '0',
          },
          body: '',
        },
      },
      { request: asking(ORIGIN, 'PUT'), expect: forbidden },
      { request: asking(ORIGIN, 'POST', 'x-other'), expect: forbidden },
      { request: asking('https://my.website.evil.example'), expect: forbidden },
      { request: asking('http://my.website'), expect: forbidden },
      { request: preflight({ 'Access-Control-Request-Method': 'POST' }), expect: forbidden },
      { request: preflight({ Origin: ORIGIN }), expect: forbidden },
    ],
  },
  {
    name: 'any origin is answered with a star, and without credentials',
    config: demoWith({ cors: [anyone] }),
    steps: [
      {
        request: asking('null', 'POST', 'anything'),
        expect: {
          status: 200,
          headers: {
            'Access-Control-Allow-Origin': '*',
            'Access-Control-Allow-Credentials': null,
            'Access-Control-Allow-Headers': 'anything',
            Vary: null,
          },
        },
      },
    ],
  },
  {
    name: 'the first rule that allows a request is the one that counts',
    config: demoWith({ cors: [named, anyone] }),
    steps: [
      {
        request: asking(ORIGIN),
        expect: { status: 200, headers: { 'Access-Control-Allow-Origin': ORIGIN, 'Access-Control-Expose-Headers': 'ETag,x-cos-request-id' } },
      },
      { request: asking(ORIGIN, 'GET'), expect: { status: 200, headers: { 'Access-Control-Allow-Origin': '*' } } },
      {
        request: asking('https://other.website'),
        expect: { status: 200, headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Location' } },
      },
    ],
  },
  {
    name: 'a star within an origin stands for any text',
    config: demoWith({ cors: [{ ...named, allowedOrigins: ['https://*.my.website'] }] }),
    steps: [
      { request: asking('https://a.b.my.website'), expect: { status: 200, headers: { 'Access-Control-Allow-Origin': 'https://a.b.my.website' } } },
      { request: asking('https://my.website'), expect: forbidden },
      { request: asking('https://a.my.website:8443'), expect: forbidden },
    ],
  },
  {
    name: 'a star may stand for nothing, and no letter of an origin counts twice',
    config: demoWith({ cors: [{ ...named, allowedOrigins: ['https://my.website*', 'https://shop.example*.example'] }] }),
    steps: [
      { request: asking(ORIGIN), expect: { status: 200 } },
      { request: asking('https://shop.example'), expect: forbidden },
    ],
  },
  {
    name: 'a rule may name several origins, and headers in any case',
    config: demoWith({ cors: [{ ...named, allowedOrigins: ['https://other.website', ORIGIN], allowedHeaders: ['Content-MD5'] }] }),
    steps: [{ request: asking(ORIGIN, 'POST', 'content-md5'), expect: { status: 200 } }],
  },
  {
    name: 'a rule that exposes nothing, and sets no age, says nothing of either',
    config: demoWith({ cors: [{ allowedOrigins: [ORIGIN], allowedMethods: ['POST'] }] }),
    steps: [
      {
        request: asking(ORIGIN),
        expect: { status: 200, headers: { 'Access-Control-Expose-Headers': null, 'Access-Control-Max-Age': null } },
      },
    ],
  },
  { name: 'a bucket without rules refuses every preflight', config: demoWith({ cors: [] }), steps: [{ request: asking(ORIGIN), expect: forbidden }] },
  {
    name: 'a page may read the reply to its form, and the reasons of a refusal',
    config: demoWith({ cors: [named] }),
    steps: [
      {
        request: postedForm({ headers: { Origin: ORIGIN } }),
        expect: {
          status: 204,
          headers: {
            'Access-Control-Allow-Origin': ORIGIN,
            'Access-Control-Expose-Headers': 'ETag,x-cos-request-id',
            ETag: CONTENT_ETAG,
            Vary: 'Origin',
          },
        },
      },
      {
        request: postedForm({ unsigned: true, headers: { Origin: ORIGIN } }),
        expect: { status: 403, code: 'AccessDenied', headers: { 'Access-Control-Allow-Origin': ORIGIN } },
      },
    ],
  },
  {
    name: 'a form from a page that no rule allows is stored all the same, unreadably',
    config: demoWith({ cors: [named] }),
    steps: [
      {
        request: postedForm({ headers: { Origin: 'https://other.website' } }),
        expect: { status: 204, headers: { 'Access-Control-Allow-Origin': null } },
      },
    ],
    keys: ['exampleobject'],
  },
  {
    name: 'error replies without CORS headers can be asked for',
    config: demoWith({ cors: [named] }, { corsOnErrors: false }),
    steps: [
      {
        request: postedForm({ unsigned: true, headers: { Origin: ORIGIN } }),
        expect: { status: 403, code: 'AccessDenied', headers: { 'Access-Control-Allow-Origin': null } },
      },
      {
        request: postedForm({ fields: {}, headers: { Origin: ORIGIN } }),
        expect: { status: 400, code: 'InvalidArgument', headers: { 'Access-Control-Allow-Origin': null } },
      },
      { request: postedForm({ headers: { Origin: ORIGIN } }), expect: { status: 204, headers: { 'Access-Control-Allow-Origin': ORIGIN } } },
    ],
  },
  {
    name: 'a bucket whose replies vary by their origin says so, also where any origin may read them',
    config: demoWith({ cors: [anyone], corsVary: true }),
    steps: [
      {
        request: postedForm({ headers: { Origin: ORIGIN } }),
        expect: { status: 204, headers: { 'Access-Control-Allow-Origin': '*', Vary: 'Origin' } },
      },
      { request: postedForm(), expect: { status: 204, headers: { 'Access-Control-Allow-Origin': null, Vary: 'Origin' } } },
    ],
  },
  {
    name: 'a request that no page sent gets no CORS headers',
    steps: [{ request: postedForm(), expect: { status: 204, headers: { 'Access-Control-Allow-Origin': null, Vary: null } } }],
  },
]
