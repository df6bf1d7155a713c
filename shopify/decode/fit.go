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

// Record can be told what of it does not fit.
type Record interface{ NoteUnfit(wrong string) }

// Unmarshal decodes JSON. A field must be there and not null that has the tag must:"be".
// Those that are spared may be missing.
func Unmarshal(text []byte, into any, spared spared) error {
	err := json.Unmarshal(text, into)
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		return err
	}
	if err == nil && !lacksAny(text, reflect.TypeOf(into).Elem(), spared) {
		return nil
	}
	return fitValue(text, into, spared)
}

var errDeep = errors.New("it is nested too deep")

// fitValue decodes JSON that is known to be valid, as far as it fits.
func fitValue(text []byte, into any, spared spared) error {
	f := fitter{cursor: plainCursor(text), spared: spared}
	to := reflect.ValueOf(into).Elem()
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

// fitter goes through a document and fills what it is decoded into.
type fitter struct {
	cursor Cursor
	spared spared
	inside bool     // a record
	faults []string // of the record at hand, or of what is outside of records
}

func (f *fitter) addFault(format string, args ...any) {
	f.faults = append(f.faults, fmt.Sprintf(format, args...))
}

const toldFaults = 3

// tellFaults names faults in an order that does not hang on that of the fields.
func (f *fitter) tellFaults() string {
	slices.Sort(f.faults)
	some := slices.Compact(f.faults)
	if len(some) > toldFaults {
		some = append(some[:toldFaults:toldFaults], "and so on")
	}
	return strings.Join(some, ", ")
}

func (f *fitter) fitAny(path string, to reflect.Value) {
	if is, known := to.Addr().Interface().(Record); known && to.Kind() == reflect.Struct {
		f.fitRecord(is, to)
		return
	}
	f.fitPlain(path, to)
}

// fitRecord decodes a record. What does not fit in it is told to it, and to nobody else.
func (f *fitter) fitRecord(is Record, to reflect.Value) {
	inside, faults := f.inside, f.faults
	f.inside, f.faults = true, nil
	f.fitPlain("", to)
	is.NoteUnfit(f.tellFaults())
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

// beginsWith reports whether a value begins like that; another one it notes and steps over.
func (f *fitter) beginsWith(path string, bracket byte) bool {
	if f.cursor.peek() == bracket {
		return true
	}
	f.noteOther(path, f.rawValue())
	return false
}

// rawValue steps over a value and gives its text.
func (f *fitter) rawValue() string {
	f.cursor.peek()
	from := f.cursor.at
	f.cursor.SkipValue()
	return f.cursor.text[from:min(f.cursor.at, len(f.cursor.text))]
}

const shownValue = 40

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
	if f.cursor.TakeNull() {
		return
	}
	to.Set(reflect.New(to.Type().Elem()))
	f.fitAny(path, to.Elem())
}

func (f *fitter) fitScalar(path string, to reflect.Value) {
	if text := f.rawValue(); json.Unmarshal([]byte(text), to.Addr().Interface()) != nil {
		to.SetZero()
		f.noteOther(path, text)
	}
}

// fitList decodes elements. A null among records is a record; elsewhere there is none.
func (f *fitter) fitList(path string, to reflect.Value) {
	of := to.Type().Elem()
	to.Set(reflect.MakeSlice(to.Type(), 0, 4))
	f.cursor.ReadArray(func() {
		one := reflect.New(of).Elem()
		if of.Kind() == reflect.Pointer {
			one.Set(reflect.New(of.Elem()))
			f.fitAny(path, one.Elem())
		} else if f.cursor.peek() == 'n' {
			f.cursor.SkipValue()
			f.addFault("%s holds null", path)
		} else {
			f.fitAny(path, one)
		}
		to.Set(reflect.Append(to, one))
	})
}

// PartPage is part of a page of a list. One that belongs to a record and does not fit is
// left out, since it is asked for alone then.
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
	f.cursor.ReadObject(func(name string) {
		field := s.fields[strings.ToLower(name)]
		if field == nil {
			f.cursor.SkipValue()
			return
		}
		below, twice := pathWithin(path, field.name), seen&field.bit != 0
		seen |= field.bit
		switch at := to.FieldByIndex(field.index); {
		case twice:
			f.cursor.SkipValue()
			at.SetZero() // nobody knows which of them is meant
			f.addFault("%s comes twice", below)
		case f.cursor.peek() == 'n':
			f.cursor.SkipValue()
			if s.musts&field.bit != 0 {
				f.addFault("%s is null", below)
			}
		default:
			f.fitAny(below, at)
		}
	})
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
