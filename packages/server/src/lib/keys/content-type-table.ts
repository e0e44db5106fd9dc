/**
 * Content types by file extension, IANA's names. A table of our own: the libraries for it carry a thousand types that nobody uploads, and this
 * one has to fit at the edge. A word with a slash begins the types that follow it: `rest=extensions`, or the rest alone when that is the extension.
 */
const TABLE = `
application/ gzip=gz json msword=doc octet-stream=bin pdf rtf xhtml+xml=xhtml xml zip epub+zip=epub x-7z-compressed=7z x-tar=tar
application/vnd. android.package-archive=apk rar
application/vnd.apple. keynote=key numbers pages
application/vnd.ms- excel=xls outlook=msg powerpoint=ppt
application/vnd.oasis.opendocument. presentation=odp spreadsheet=ods text=odt
application/vnd.openxmlformats-officedocument. presentationml.presentation=pptx spreadsheetml.sheet=xlsx wordprocessingml.document=docx
audio/ aac flac midi=mid,midi mp4=m4a mpeg=mp3 ogg=oga,ogg,opus wav webm=weba
font/ otf ttf woff woff2
image/ apng avif bmp gif heic heif jpeg=jpg,jpeg,jpe,jfif jxl png svg+xml=svg tiff=tif,tiff vnd.adobe.photoshop=psd webp x-icon=ico
model/ gltf-binary=glb gltf+json=gltf
text/ calendar=ics css csv html=html,htm javascript=js,mjs markdown=md plain=txt,log tab-separated-values=tsv vcard=vcf vtt
video/ 3gpp=3gp mp4=mp4,m4v mpeg=mpeg,mpg ogg=ogv quicktime=mov webm x-matroska=mkv x-msvideo=avi
`

function readTable(): ReadonlyMap<string, string> {
  const types = new Map<string, string>()
  let beginning = ''
  for (const word of TABLE.trim().split(/\s+/)) {
    const [rest = '', extensions = rest] = word.split('=')
    if (word.includes('/')) beginning = word
    else for (const extension of extensions.split(',')) types.set(extension, beginning + rest)
  }
  return types
}

let types: ReadonlyMap<string, string> | null = null

/** The content type of a lower-case extension without its dot. */
export function knownContentType(extension: string): string | undefined {
  types ??= readTable()
  return types.get(extension)
}
