/**
 * One POST Object request before it is rendered. The file is not a field, so no order exists in which it is not last
 * (`official/post-object.txt`: "This field must be placed at the end of the form").
 */
export interface PostForm {
  /** URL of the bucket, `https://<bucket>.cos.<region>.myqcloud.com/`. */
  readonly action: string
  /** In the order in which they are sent. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly file: Blob
  readonly filename: string
}
