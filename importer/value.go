package importer

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Value is the value of one column, which may be absent.
type Value struct {
	text    string
	present bool
	unheld  bool
}

// None is the absent value.
var None = Value{}

// Unheld is the value of a column in records that were stored before the table got the
// column. It is absent, but does not mean that the shop has no value.
var Unheld = Value{unheld: true}

// String returns a present value with that text.
func String(text string) Value { return Value{text: text, present: true} }

// OptionalString returns String(*text), or None if text is nil.
func OptionalString(text *string) Value {
	if text == nil {
		return None
	}
	return String(*text)
}

// Whole returns an integer value.
func Whole(n int64) Value { return String(strconv.FormatInt(n, 10)) }

// Flag returns a boolean value.
func Flag(b bool) Value { return String(strconv.FormatBool(b)) }

// StringSet returns a list of strings as a JSON array. nil is the empty list.
func StringSet(names []string) Value {
	if names == nil {
		names = []string{}
	}
	return JSONValue(names)
}

// JSONValue returns v encoded as JSON. It panics if v cannot be encoded.
func JSONValue(v any) Value {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // kept as the shop wrote it; views make it harmless
	if err := encoder.Encode(v); err != nil {
		panic("importer: " + err.Error())
	}
	return String(strings.TrimSuffix(text.String(), "\n"))
}

// appendQuoted appends text as a JSON string, like JSONValue but faster.
func appendQuoted(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			return append(b, JSONValue(text).text...)
		}
	}
	return append(append(append(b, '"'), text...), '"')
}

// unfitMark is the first byte of the text with which MarkUnfit replaces a value. No text of
// a shop contains it.
const unfitMark = "\xff"

// Present reports whether there is a value.
func (v Value) Present() bool { return v.present }

// Text returns the value's text, "" when it is absent.
func (v Value) Text() string { return v.text }

// Int returns the value as an integer, 0 if it is absent or not an integer.
func (v Value) Int() int64 {
	n, _ := strconv.ParseInt(v.text, 10, 64)
	return n
}

// Is reports whether the value is that boolean.
func (v Value) Is(b bool) bool { return v.present && v.text == strconv.FormatBool(b) }

// Strings returns the elements of a Set value.
func (v Value) Strings() []string {
	var names []string
	_ = json.Unmarshal([]byte(v.text), &names)
	return names
}

// AppendJSON appends the value encoded as JSON of type t.
func (v Value) AppendJSON(b []byte, t Type) []byte {
	if !v.present {
		return append(b, "null"...)
	}
	switch t {
	case Text, Money:
		quoted, _ := json.Marshal(v.text) // a string can always be encoded
		return append(b, quoted...)
	default:
		if !json.Valid([]byte(v.text)) { // another program may have edited the row
			return String(v.text).AppendJSON(b, Text)
		}
		return append(b, v.text...)
	}
}

// EachElement yields the elements of a Set value.
func (v Value) EachElement(yield func(string) bool) {
	if v.text == "" || v.text == "[]" {
		return
	}
	plain, began := strings.CutPrefix(v.text, `["`)
	plain, ended := strings.CutSuffix(plain, `"]`)
	if began && ended && !strings.ContainsRune(plain, '\\') && strings.Count(plain, `"`) == 2*strings.Count(plain, `","`) {
		strings.SplitSeq(plain, `","`)(yield) // as it is mostly written
		return
	}
	slices.Values(v.Strings())(yield)
}

// canonicalText returns the same text for values of type t that mean the same, such as 10.0
// and 10.00, or the same tags in another order.
func (v Value) canonicalText(t Type) string {
	switch t {
	case Number, Money:
		return canonicalDecimal(v.text)
	case Set:
		names := v.Strings()
		slices.Sort(names)
		return strings.Join(names, "\x00")
	default:
		return v.text
	}
}

// Equal reports whether two values of type t mean the same.
func (v Value) Equal(w Value, t Type) bool {
	if v.present != w.present {
		return false
	}
	return v.text == w.text || v.canonicalText(t) == w.canonicalText(t)
}

// maxDigits is the longest text that counts as a decimal. It bounds the work that a text
// can cause.
const maxDigits = 40

// isDecimal reports whether text is a plain decimal such as -12.50: no exponent, no plus
// sign, and digits on both sides of a point.
func isDecimal(text string) bool {
	text = strings.TrimPrefix(text, "-")
	whole, fraction, pointed := strings.Cut(text, ".")
	return len(text) <= maxDigits && isDigits(whole) && (!pointed || isDigits(fraction))
}

func isDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// canonicalDecimal removes zeros that do not change the value of a decimal.
func canonicalDecimal(text string) string {
	if !isDecimal(text) {
		return text
	}
	text, negative := strings.CutPrefix(text, "-")
	whole, fraction, _ := strings.Cut(text, ".")
	whole = cmp.Or(strings.TrimLeft(whole, "0"), "0")
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		whole += "." + fraction
	}
	if negative && whole != "0" {
		return "-" + whole
	}
	return whole
}

// Type says how the values of a column are compared and shown.
type Type int

// The column types. Whatever the type, a value may be absent (NULL).
const (
	Text   Type = iota
	Bool        // "true" or "false"
	Int         // a 64-bit integer
	Number      // a decimal, compared by value, a JSON number
	Money       // a decimal kept as the shop wrote it, compared by value, a JSON string
	Set         // a JSON array of strings whose order means nothing
	JSON        // any other JSON, written canonically
)
