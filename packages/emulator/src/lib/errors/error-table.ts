/**
 * COS's error codes, with the HTTP status and the message that COS sends. Messages in COS's own words where an official page or a
 * thread quotes them (facts §5); the others are plain sentences of ours.
 * Source: https://cloud.tencent.com/document/product/436/7730
 */
export const ERRORS = {
  AccessDenied: [403, 'Access Denied.'],
  AccessForbidden: [
    403,
    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Requet-Headers are not whitelisted by the resource's CORS spec",
  ],
  BadDigest: [400, 'The Content-MD5 you specified did not match what we received.'],
  BucketAccelerateNotEnabled: [400, 'The bucket accelerate is not enabled.'],
  EntitySizeNotMatch: [400, 'The size of the body does not match the Content-Length header.'],
  EntityTooLarge: [400, 'Your proposed upload exceeds the maximum allowed object size'],
  EntityTooSmall: [400, 'Your proposed upload is smaller than the minimum allowed object size'],
  ExpiredToken: [400, 'The provided token has expired.'],
  FileAlreadyExists: [409, 'The file you specified already exists.'],
  IncompleteBody: [400, 'You did not provide the number of bytes specified by the Content-Length HTTP header'],
  IncorrectNumberOfFilesInPostRequest: [400, 'POST requires exactly one file upload per request.'],
  InternalError: [500, 'We encountered an internal error. Please try again.'],
  InvalidAccessKeyId: [403, 'The access key Id you provided does not exist in our records'],
  InvalidArgument: [400, 'Invalid Argument'],
  InvalidDigest: [400, 'The Content-MD5 you specified is not valid.'],
  InvalidObjectName: [400, 'The specified object name is not valid.'],
  InvalidPart: [400, 'One or more of the specified parts could not be found.'],
  InvalidPartOrder: [400, 'The list of parts was not in ascending order.'],
  InvalidPolicyDocument: [400, 'You must provide condition if you specify a policy in post object request.'],
  InvalidRange: [416, 'The requested range is not satisfiable'],
  InvalidRequest: [400, 'Invalid Request'],
  KeyTooLong: [400, 'Your key is too long.'],
  KmsException: [400, 'The key management service refused the request.'],
  KmsFreqControl: [503, 'The key management service is limiting the frequency of requests.'],
  KmsInternalException: [500, 'The key management service failed.'],
  KmsKeyDisabled: [400, 'The specified KMS key is disabled.'],
  KmsKeyNotExist: [400, 'The specified KMS key does not exist.'],
  MalformedPOSTRequest: [400, 'The body of your POST request is not well-formed multipart/form-data.'],
  MalformedXML: [400, 'The XML you provided was not well-formed or did not validate against our published schema'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
  MissingContentLength: [411, 'You must provide the Content-Length HTTP header.'],
  NoSuchBucket: [404, 'The specified bucket does not exist.'],
  NoSuchCORSConfiguration: [404, 'The CORS configuration does not exist.'],
  NoSuchEncryptionConfiguration: [404, 'The bucket encryption configuration does not exist.'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NoSuchUpload: [404, 'The specified multipart upload does not exist.'],
  NoSuchVersion: [404, 'The specified version does not exist.'],
  NotImplemented: [501, 'The emulator does not know this call.'],
  NotModified: [304, 'Not Modified'],
  NotSupportedStorageClass: [400, 'The specified storage class is not supported.'],
  PathConflict: [409, 'Path conflict.'],
  PreconditionFailed: [412, 'At least one of the preconditions you specified did not hold.'],
  RequestTimeout: [400, 'Your socket connection to the server was not read from or written to within the timeout period.'],
  RequestTimeTooSkewed: [403, "The difference between the request time and the server's time is too large."],
  ServiceUnavailable: [503, 'Service unavailable. Please try again later.'],
  SignatureDoesNotMatch: [403, 'The Signature you specified is invalid.'],
  SlowDown: [503, 'Reduce your request rate.'],
  UnavailableForLegalReasons: [451, 'The bucket is unavailable for legal reasons or because the account is overdue.'],
  UploadConflict: [409, 'Upload conflict.'],
} as const

export type CosErrorCode = keyof typeof ERRORS

/** All of them, for configs that name one. */
export const ERROR_CODES: readonly CosErrorCode[] = Object.keys(ERRORS).filter((code): code is CosErrorCode => code in ERRORS)
