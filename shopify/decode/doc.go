// Package decode makes values of the JSON that a shop sends, and tells what does not fit
// them. Unmarshal does it for whole answers, by encoding/json; a Decoder for lines of
// results, by a Cursor that knows their shapes and reads each byte once.
//
// A field with the tag must:"be" has to be there and not null. A struct that is a record
// implements Unfit: it is decoded as far as it fits, and told the rest; where anything else
// does not fit, the answer is refused. The tag of names the type of a record, so that
// fields that a version of the API lacks may be lacking. Begin with decoder.go, then values.go;
// fit.go says what does not fit. It imports nothing of ours.
package decode
