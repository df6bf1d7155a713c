package decode

import (
	"encoding/json"
	"reflect"
)

// LooseText is a text that is decoded whatever stands in its place: a value that is not a
// text is "".
type LooseText struct {
	Text  string
	There bool // the document has the field
}

// UnmarshalJSON never fails.
func (t *LooseText) UnmarshalJSON(text []byte) error {
	t.Text, t.There = "", true
	_ = json.Unmarshal(text, &t.Text)
	return nil
}

// Each of these functions reads a value of one type. As in encoding/json, null changes nothing.

func fillString(c *cursor, to reflect.Value) {
	if !c.takeNull() {
		to.SetString(c.readQuoted())
	}
}

func fillOptional(c *cursor, to reflect.Value) {
	if c.takeNull() {
		return
	}
	c.texts = append(c.texts, c.readQuoted())
	to.Set(reflect.ValueOf(&c.texts[len(c.texts)-1]))
}

func fillLooseText(c *cursor, to reflect.Value) {
	text := to.Addr().Interface().(*LooseText)
	text.There = true
	if !c.takeNull() {
		text.Text = c.readQuoted()
	}
}

func fillBool(c *cursor, to reflect.Value) {
	switch {
	case c.takeNull():
	case c.takeWord("true"):
		to.SetBool(true)
	case c.takeWord("false"):
		to.SetBool(false)
	default:
		c.odd = true
	}
}

func fillInt(c *cursor, to reflect.Value) {
	if !c.takeNull() {
		to.SetInt(c.readInt())
	}
}

func fillNumber(c *cursor, to reflect.Value) {
	if !c.takeNull() {
		to.SetString(c.takeNumber())
	}
}

// fillForeign leaves a value to encoding/json: one that decodes itself, or of a type that
// only a few fields have.
func fillForeign(c *cursor, to reflect.Value) {
	text := c.takeRaw()
	if !c.odd && json.Unmarshal([]byte(text), to.Addr().Interface()) != nil {
		c.misfit = true
	}
}
