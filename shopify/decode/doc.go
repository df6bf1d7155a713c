// Package decode makes Go values of the JSON that a shop sends, and says what does not fit.
//
// A field with the tag must:"be" has to be there and not null. A struct that is a Record is
// decoded as far as it fits and told the rest; where anything else does not fit, the whole
// text is refused. The tag of names the type of a record in the schema, so that fields which
// a version of the API lacks may be missing.
//
// Unmarshal decodes an answer, a Decoder the lines of a bulk result. Both read each byte once
// where the text is as it should be (filler.go, by a cursor), and otherwise find out what
// does not fit (fit.go). Begin with decoder.go. The package imports nothing of ours.
package decode
