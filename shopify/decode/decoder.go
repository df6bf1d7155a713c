package decode

import (
	"encoding/json"
	"reflect"
)

// Unmarshal decodes JSON into the value that into points to. It fails when the text is not
// JSON, and when something does not fit that is not part of a Record. A field with the tag
// must:"be" has to be there and not null, unless it is in spared.
func Unmarshal(text []byte, into any, spared FieldSet) error {
	c := cursor{spared: spared}
	to := reflect.ValueOf(into).Elem()
	return decodeText(&c, text, fillerOf(to.Type()), to)
}

// Decoder decodes lines one after another, without taking memory for each. The zero value
// is ready to use; it must not be copied after the first line.
type Decoder[T any] struct {
	Spares func() FieldSet // returns the fields that lines may lack; nil for none

	cursor cursor
	last   T
}

// Decode decodes a line as Unmarshal does. The value that it returns is valid until the next
// call.
func (d *Decoder[T]) Decode(line []byte) (*T, error) {
	if d.Spares != nil {
		d.cursor.spared = d.Spares()
	}
	d.cursor.pageSize = linesPage
	fill, to := fillerOf(reflect.TypeFor[T]()), reflect.ValueOf(&d.last).Elem()
	fill.clear(to)
	return &d.last, decodeText(&d.cursor, line, fill, to)
}

// decodeText fills a value by the cursor where the text is JSON as it is usually written and
// fits. What the cursor does not understand encoding/json judges, and a fitter decodes.
func decodeText(c *cursor, text []byte, fill filler, to reflect.Value) error {
	if c.beginText(text) {
		if fill.fill(c, to); c.atEnd() && !c.misfit {
			return nil
		}
	}
	text = Textual(text)
	if err := json.Unmarshal(text, new(json.RawMessage)); err != nil {
		return err
	}
	return fitValue(text, to, c.spared)
}
