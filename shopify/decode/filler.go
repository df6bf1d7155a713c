package decode

import (
	"encoding/json"
	"reflect"
	"sync"
)

// filler fills values of one type from a cursor. Where the text does not fit the type it
// notes that in the cursor, and the value is of no use.
type filler interface {
	fill(c *cursor, to reflect.Value)
	// clear empties a value that was filled before. Lists keep their memory.
	clear(v reflect.Value)
}

var fillers sync.Map // of reflect.Type

func fillerOf(t reflect.Type) filler {
	if known, ok := fillers.Load(t); ok {
		return known.(filler)
	}
	made := newFiller(t)
	fillers.Store(t, made)
	return made
}

func newFiller(t reflect.Type) filler {
	switch {
	case t == reflect.TypeFor[json.Number]():
		return scalarFiller(fillNumber)
	case t == reflect.TypeFor[LooseText]():
		return scalarFiller(fillLooseText)
	case t == reflect.TypeFor[*string]():
		return scalarFiller(fillOptional)
	case reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()):
		return scalarFiller(fillForeign)
	}
	switch t.Kind() {
	case reflect.String:
		return scalarFiller(fillString)
	case reflect.Bool:
		return scalarFiller(fillBool)
	case reflect.Int, reflect.Int64:
		return scalarFiller(fillInt)
	case reflect.Pointer:
		return pointerFiller{fillerOf(t.Elem())}
	case reflect.Slice:
		return listFiller{element: fillerOf(t.Elem()), empty: reflect.MakeSlice(t, 0, 0)}
	case reflect.Struct:
		return newObjectFiller(t)
	}
	return scalarFiller(fillForeign)
}

// scalarFiller fills a value that has no parts.
type scalarFiller func(c *cursor, to reflect.Value)

func (f scalarFiller) fill(c *cursor, to reflect.Value) { f(c, to) }
func (f scalarFiller) clear(v reflect.Value)            { v.SetZero() }

// pointerFiller fills what a pointer points to, unless the text is null.
type pointerFiller struct{ element filler }

func (f pointerFiller) fill(c *cursor, to reflect.Value) {
	if c.takeNull() {
		return
	}
	to.Set(reflect.New(to.Type().Elem()))
	f.element.fill(c, to.Elem())
}

func (f pointerFiller) clear(v reflect.Value) { v.SetZero() }

// listFiller fills a slice. An empty list makes a slice that is not nil.
type listFiller struct {
	element filler
	empty   reflect.Value
}

func (f listFiller) fill(c *cursor, to reflect.Value) {
	if c.takeNull() {
		return
	}
	if to.IsNil() {
		to.Set(f.empty)
	}
	n := 0
	for more := c.openBracket('[', ']'); more; more = c.moreElements(']') {
		c.misfit = c.misfit || c.peek() == 'n'
		if n == to.Cap() {
			to.Grow(1)
		}
		n++
		to.SetLen(n)
		element := to.Index(n - 1)
		f.element.clear(element)
		f.element.fill(c, element)
	}
}

func (f listFiller) clear(v reflect.Value) { v.SetLen(0) }

// objectFiller fills a struct.
type objectFiller struct {
	shape       *shape
	fields      []fieldFiller
	isRecord    bool
	keepsMemory bool // lists are in it, which keep theirs
}

type fieldFiller struct {
	*shapeField
	filler
}

// of returns the field of a struct.
func (f *fieldFiller) of(object reflect.Value) reflect.Value {
	for _, i := range f.index {
		object = object.Field(i)
	}
	return object
}

func newObjectFiller(t reflect.Type) *objectFiller {
	f := &objectFiller{shape: shapeOf(t), isRecord: reflect.PointerTo(t).Implements(reflect.TypeFor[Record]()), keepsMemory: holdsList(t)}
	for _, field := range f.shape.fields {
		f.fields = append(f.fields, fieldFiller{field, fillerOf(t.FieldByIndex(field.index).Type)})
	}
	return f
}

func (f *objectFiller) fill(c *cursor, to reflect.Value) {
	if c.takeNull() {
		return
	}
	seen, next := uint64(0), 0
	for more := c.openBracket('{', '}'); more; more = c.moreElements('}') {
		at := f.fieldNamed(c.readName(), next)
		if c.odd {
			return
		}
		if at < 0 {
			c.skipValue()
			continue
		}
		field := &f.fields[at]
		c.misfit = c.misfit || seen&field.bit != 0 || f.shape.musts&field.bit != 0 && c.peek() == 'n'
		seen |= field.bit
		field.fill(c, field.of(to))
		next = at + 1
	}
	c.misfit = c.misfit || f.shape.musts&^seen&^f.shape.sparedBits(c.spared) != 0
}

// fieldNamed returns the number of the field with that name, -1 for none. It looks at the
// field number next first: documents ask for fields in about the order of the struct.
func (f *objectFiller) fieldNamed(name string, next int) int {
	if next < len(f.fields) && f.fields[next].name == name {
		return next
	}
	for i := range f.fields {
		if f.fields[i].name == name {
			return i
		}
	}
	return -1
}

func (f *objectFiller) clear(v reflect.Value) {
	if !f.keepsMemory {
		v.SetZero()
		return
	}
	for i := range f.fields {
		f.fields[i].clear(f.fields[i].of(v))
	}
	if f.isRecord {
		v.Addr().Interface().(Record).NoteUnfit("")
	}
}

// holdsList reports whether a list is in a struct, or in a struct in it.
func holdsList(t reflect.Type) bool {
	for i := range t.NumField() {
		switch of := t.Field(i).Type; of.Kind() {
		case reflect.Slice:
			return true
		case reflect.Struct:
			if holdsList(of) {
				return true
			}
		}
	}
	return false
}
