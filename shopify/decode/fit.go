package decode

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// What a shop sends need not fit its own schema. encoding/json says nothing about a name
// that comes twice or about what is missing or null, and stops at a value of another type.
// A fitter decodes as far as the text fits. What does not fit in a record is told to the
// record; what does not fit elsewhere is an error.

// Record is told what does not fit in it, "" for nothing.
type Record interface{ NoteUnfit(wrong string) }

var errDeep = errors.New("it is nested too deep")

// fitValue decodes valid JSON as far as it fits.
func fitValue(text []byte, to reflect.Value, spared FieldSet) error {
	f := fitter{cursor: validCursor(text), spared: spared}
	to.SetZero()
	f.fitAny("", to)
	switch {
	case !f.cursor.atEnd():
		return errDeep
	case len(f.faults) > 0:
		return errors.New(f.tellFaults())
	}
	return nil
}

// validCursor returns a cursor over valid JSON. It takes out control characters, which can
// only stand between values.
func validCursor(text []byte) cursor {
	if controls, _ := scanBytes(text); controls {
		var compact bytes.Buffer
		if json.Compact(&compact, text) == nil {
			text = compact.Bytes()
		}
	}
	return cursor{text: string(text)}
}

// fitter decodes a document and collects what does not fit.
type fitter struct {
	cursor cursor
	spared FieldSet
	inside bool     // it is inside a record
	faults []string // of that record, or of what is outside all records
}

func (f *fitter) addFault(format string, args ...any) {
	f.faults = append(f.faults, fmt.Sprintf(format, args...))
}

const toldFaults = 3

// tellFaults words the first few faults, in an order that does not depend on that of the fields.
func (f *fitter) tellFaults() string {
	slices.Sort(f.faults)
	some := slices.Compact(f.faults)
	if len(some) > toldFaults {
		some = append(some[:toldFaults:toldFaults], "and so on")
	}
	return strings.Join(some, ", ")
}

func (f *fitter) fitAny(path string, to reflect.Value) {
	if record, known := to.Addr().Interface().(Record); known && to.Kind() == reflect.Struct {
		f.fitRecord(record, to)
		return
	}
	f.fitPlain(path, to)
}

// fitRecord decodes a record and tells it, and nobody else, what does not fit in it.
func (f *fitter) fitRecord(record Record, to reflect.Value) {
	inside, faults := f.inside, f.faults
	f.inside, f.faults = true, nil
	f.fitPlain("", to)
	record.NoteUnfit(f.tellFaults())
	f.inside, f.faults = inside, faults
}

func (f *fitter) fitPlain(path string, to reflect.Value) {
	_, own := to.Addr().Interface().(json.Unmarshaler)
	switch kind := to.Kind(); {
	case kind == reflect.Pointer && !own:
		f.fitPointer(path, to)
	case kind == reflect.Slice && !own && f.beginsWith(path, '['):
		f.fitList(path, to)
	case kind == reflect.Struct && !own && f.beginsWith(path, '{'):
		f.fitObject(path, to)
	case own || kind != reflect.Slice && kind != reflect.Struct:
		f.fitScalar(path, to)
	}
}

// beginsWith reports whether the next value begins with that bracket. A value that does not is
// a fault, and is skipped.
func (f *fitter) beginsWith(path string, bracket byte) bool {
	if f.cursor.peek() == bracket {
		return true
	}
	f.noteOther(path, f.cursor.takeRaw())
	return false
}

const shownValue = 40 // bytes

func (f *fitter) noteOther(path, value string) {
	if len(value) > shownValue {
		value = value[:shownValue] + "…"
	}
	if path == "" {
		path = "it"
	}
	f.addFault("%s is %s", path, Quoted(value))
}

func (f *fitter) fitPointer(path string, to reflect.Value) {
	if f.cursor.takeNull() {
		return
	}
	to.Set(reflect.New(to.Type().Elem()))
	f.fitAny(path, to.Elem())
}

func (f *fitter) fitScalar(path string, to reflect.Value) {
	if text := f.cursor.takeRaw(); json.Unmarshal([]byte(text), to.Addr().Interface()) != nil {
		to.SetZero()
		f.noteOther(path, text)
	}
}

// fitList decodes a list. A null in a list of pointers is a value in which everything is
// missing; in other lists it is a fault of the list.
func (f *fitter) fitList(path string, to reflect.Value) {
	of := to.Type().Elem()
	to.Set(reflect.MakeSlice(to.Type(), 0, 4))
	for more := f.cursor.openBracket('[', ']'); more; more = f.cursor.moreElements(']') {
		one := reflect.New(of).Elem()
		if of.Kind() == reflect.Pointer {
			one.Set(reflect.New(of.Elem()))
			f.fitAny(path, one.Elem())
		} else if f.cursor.peek() == 'n' {
			f.cursor.skipValue()
			f.addFault("%s holds null", path)
		} else {
			f.fitAny(path, one)
		}
		to.Set(reflect.Append(to, one))
	}
}

// PartPage is a page of parts. One inside a record that does not fit is left out, because the
// parts are then asked for alone.
type PartPage interface{ LeaveOut() }

func (f *fitter) fitObject(path string, to reflect.Value) {
	had := f.faults
	f.fitFields(path, to, shapeOf(to.Type()))
	if page, is := to.Addr().Interface().(PartPage); is && f.inside && len(f.faults) > len(had) {
		page.LeaveOut()
		f.faults = had
	}
}

func (f *fitter) fitFields(path string, to reflect.Value, s *shape) {
	var seen uint64
	for more := f.cursor.openBracket('{', '}'); more; more = f.cursor.moreElements('}') {
		field := s.fieldNamed(f.cursor.readName())
		if field == nil {
			f.cursor.skipValue()
			continue
		}
		below, twice := pathWithin(path, field.name), seen&field.bit != 0
		seen |= field.bit
		switch at := to.FieldByIndex(field.index); {
		case twice:
			f.cursor.skipValue()
			at.SetZero() // which of them is meant is not known
			f.addFault("%s comes twice", below)
		case f.cursor.peek() == 'n':
			f.cursor.skipValue()
			if s.musts&field.bit != 0 {
				f.addFault("%s is null", below)
			}
		default:
			f.fitAny(below, at)
		}
	}
	missing := s.musts &^ s.sparedBits(f.spared) &^ seen
	for _, field := range s.fields {
		if missing&field.bit != 0 && !f.cursor.odd {
			f.addFault("%s is missing", pathWithin(path, field.name))
		}
	}
}

func pathWithin(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
