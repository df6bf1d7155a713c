package decode

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// What a shop sends need not fit its own schema. encoding/json is silent about a name
// that comes twice and about what is missing or null, and stops at a value of another
// type. Here a record is decoded as far as it fits, and says what does not; an answer
// in which something else does not fit is refused.

// record is a node that can say what is wrong with it.
type record interface{ Unfit(wrong string) }

// Unmarshal decodes JSON. A field must be there and not null that has the tag must:"be".
// Those that are spared may be missing.
func Unmarshal(text []byte, into any, spared spared) error {
	err := json.Unmarshal(text, into)
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		return err
	}
	if err == nil && !lacking(text, reflect.TypeOf(into).Elem(), spared) {
		return nil
	}
	return fit(text, into, spared)
}

var errDeep = errors.New("it is nested too deep")

// fit decodes JSON that is known to be valid, as far as it fits.
func fit(text []byte, into any, spared spared) error {
	f := fitting{cursor: plain(text), spared: spared}
	to := reflect.ValueOf(into).Elem()
	to.SetZero()
	f.value("", to)
	switch {
	case !f.cursor.ended():
		return errDeep
	case len(f.faults) > 0:
		return errors.New(f.told())
	}
	return nil
}

// fitting goes through a document and fills what it is decoded into.
type fitting struct {
	cursor Cursor
	spared spared
	inside bool     // a record
	faults []string // of the record at hand, or of what is outside of records
}

func (f *fitting) fault(format string, args ...any) {
	f.faults = append(f.faults, fmt.Sprintf(format, args...))
}

const toldFaults = 3

// told names faults in an order that does not hang on that of the fields.
func (f *fitting) told() string {
	slices.Sort(f.faults)
	some := slices.Compact(f.faults)
	if len(some) > toldFaults {
		some = append(some[:toldFaults:toldFaults], "and so on")
	}
	return strings.Join(some, ", ")
}

func (f *fitting) value(path string, to reflect.Value) {
	if is, known := to.Addr().Interface().(record); known && to.Kind() == reflect.Struct {
		f.record(is, to)
		return
	}
	f.plain(path, to)
}

// record decodes a record. What is wrong with it is its own matter.
func (f *fitting) record(is record, to reflect.Value) {
	inside, faults := f.inside, f.faults
	f.inside, f.faults = true, nil
	f.plain("", to)
	is.Unfit(f.told())
	f.inside, f.faults = inside, faults
}

func (f *fitting) plain(path string, to reflect.Value) {
	_, own := to.Addr().Interface().(json.Unmarshaler)
	switch kind := to.Kind(); {
	case kind == reflect.Pointer && !own:
		f.pointer(path, to)
	case kind == reflect.Slice && !own && f.is(path, '['):
		f.list(path, to)
	case kind == reflect.Struct && !own && f.is(path, '{'):
		f.object(path, to)
	case own || kind != reflect.Slice && kind != reflect.Struct:
		f.scalar(path, to)
	}
}

// is reports whether a value begins like that; another one it notes and steps over.
func (f *fitting) is(path string, bracket byte) bool {
	if f.cursor.peek() == bracket {
		return true
	}
	f.other(path, f.raw())
	return false
}

// raw steps over a value and gives its text.
func (f *fitting) raw() string {
	f.cursor.peek()
	from := f.cursor.at
	f.cursor.Skip()
	return f.cursor.text[from:min(f.cursor.at, len(f.cursor.text))]
}

const shownValue = 40

func (f *fitting) other(path, value string) {
	if len(value) > shownValue {
		value = value[:shownValue] + "…"
	}
	if path == "" {
		path = "it"
	}
	f.fault("%s is %s", path, Quoted(value))
}

func (f *fitting) pointer(path string, to reflect.Value) {
	if f.cursor.Null() {
		return
	}
	to.Set(reflect.New(to.Type().Elem()))
	f.value(path, to.Elem())
}

func (f *fitting) scalar(path string, to reflect.Value) {
	if text := f.raw(); json.Unmarshal([]byte(text), to.Addr().Interface()) != nil {
		to.SetZero()
		f.other(path, text)
	}
}

// list decodes elements. A null among records is a record; elsewhere there is none.
func (f *fitting) list(path string, to reflect.Value) {
	of := to.Type().Elem()
	to.Set(reflect.MakeSlice(to.Type(), 0, 4))
	f.cursor.Array(func() {
		one := reflect.New(of).Elem()
		if of.Kind() == reflect.Pointer {
			one.Set(reflect.New(of.Elem()))
			f.value(path, one.Elem())
		} else if f.cursor.peek() == 'n' {
			f.cursor.Skip()
			f.fault("%s holds null", path)
		} else {
			f.value(path, one)
		}
		to.Set(reflect.Append(to, one))
	})
}

// paged is part of a page of a list. One that belongs to a record and does not fit is
// left out, since it is asked for alone then.
type paged interface{ LeaveOut() }

func (f *fitting) object(path string, to reflect.Value) {
	had := f.faults
	f.fields(path, to, shapeOf(to.Type()))
	if page, is := to.Addr().Interface().(paged); is && f.inside && len(f.faults) > len(had) {
		page.LeaveOut()
		f.faults = had
	}
}

func (f *fitting) fields(path string, to reflect.Value, s *shape) {
	var seen uint64
	f.cursor.Object(func(name string) {
		field := s.fields[strings.ToLower(name)]
		if field == nil {
			f.cursor.Skip()
			return
		}
		below, twice := within(path, field.name), seen&field.bit != 0
		seen |= field.bit
		switch at := to.FieldByIndex(field.index); {
		case twice:
			f.cursor.Skip()
			at.SetZero() // nobody knows which of them is meant
			f.fault("%s comes twice", below)
		case f.cursor.peek() == 'n':
			f.cursor.Skip()
			if s.musts&field.bit != 0 {
				f.fault("%s is null", below)
			}
		default:
			f.value(below, at)
		}
	})
	missing := s.musts &^ s.spared(f.spared) &^ seen
	for _, field := range s.fields {
		if missing&field.bit != 0 && !f.cursor.odd {
			f.fault("%s is missing", within(path, field.name))
		}
	}
}

func within(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
